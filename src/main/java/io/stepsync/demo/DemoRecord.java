package io.stepsync.demo;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the demo API says about one ID. The same ID has the same record in every process; {@code
 * email} is unique.
 *
 * <p>Immutable. The parts are the JSON's, in its order, each as it is written there.
 *
 * @param id the ID, in decimal digits
 * @param name a person's name, not always in ASCII
 * @param email an address of a reserved domain, such as {@code muller.17@example.org}
 * @param address two lines, parted by a newline
 * @param company a company's name
 * @param job a profession
 * @param createdAt a UTC time in whole seconds, such as {@code 2020-01-01T00:00:12Z}; later than
 *     that of each lower ID, up to the 25,000,000,000th; from there on all are of the year 9942
 * @param updatedAt such a time, at most an hour after {@code createdAt} and never before it
 */
public record DemoRecord(
    String id,
    String name,
    String email,
    String address,
    String company,
    String job,
    String createdAt,
    String updatedAt) {

  private static final long FIRST_SECOND = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
  private static final int SECONDS_APART = 10;
  // A database's dates end with the year 9999, the IDs do not.
  private static final long LAST_ID_WITH_A_TIME_OF_ITS_OWN = 25_000_000_000L;
  private static final List<String> MAIL_DOMAINS =
      List.of("@example.com", "@example.net", "@example.org");
  private static final List<String> MAILBOXES =
      DemoWords.LAST_NAMES.stream().map(DemoRecord::mailbox).toList();

  /** Returns the record of {@code id}, whether a data set uses that ID or not. */
  static DemoRecord of(long id) {
    Dice dice = new Dice(id);
    int lastName = dice.roll(DemoWords.LAST_NAMES.size());
    long created = createdAt(id, dice);
    return new DemoRecord(
        Long.toString(id),
        name(dice, lastName),
        MAILBOXES.get(lastName) + "." + id + dice.pick(MAIL_DOMAINS),
        address(dice),
        company(dice),
        dice.pick(DemoWords.JOBS),
        Instant.ofEpochSecond(created).toString(),
        Instant.ofEpochSecond(created + dice.roll(3600)).toString());
  }

  private static long createdAt(long id, Dice dice) {
    long apart = Math.min(id, LAST_ID_WITH_A_TIME_OF_ITS_OWN) * SECONDS_APART;
    boolean ownTime = id < LAST_ID_WITH_A_TIME_OF_ITS_OWN;
    return FIRST_SECOND + apart + (ownTime ? dice.roll(SECONDS_APART) : SECONDS_APART - 1);
  }

  private static String name(Dice dice, int lastName) {
    return dice.roll(40) == 0
        ? dice.pick(DemoWords.WHOLE_NAMES)
        : dice.pick(DemoWords.FIRST_NAMES) + " " + DemoWords.LAST_NAMES.get(lastName);
  }

  private static String address(Dice dice) {
    String street = (1 + dice.roll(9999)) + " " + dice.pick(DemoWords.STREETS);
    String suite = dice.roll(4) == 0 ? " Suite " + (100 + dice.roll(900)) : "";
    String city = dice.pick(DemoWords.CITIES) + ", " + dice.pick(DemoWords.STATES);
    return street + suite + "\n" + city + " " + (10_000 + dice.roll(90_000));
  }

  private static String company(Dice dice) {
    String first = dice.pick(DemoWords.LAST_NAMES);
    String second = dice.pick(DemoWords.LAST_NAMES);
    return switch (dice.roll(3)) {
      case 0 -> first + "-" + second;
      case 1 -> first + " " + dice.pick(DemoWords.COMPANY_ENDINGS);
      default -> first + ", " + second + " and " + dice.pick(DemoWords.LAST_NAMES);
    };
  }

  private static String mailbox(String lastName) {
    String withoutAccents = Normalizer.normalize(lastName, Normalizer.Form.NFD);
    return withoutAccents.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /**
   * Numbers that look random and are the same for a seed in every process and every Java version.
   *
   * <p>The algorithm is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
   * generators", 2014). Not thread-safe.
   */
  private static final class Dice {
    private long state;

    Dice(long seed) {
      state = seed;
    }

    /** Returns a number from 0 to {@code sides - 1}. */
    int roll(int sides) {
      return (int) ((next() >>> 33) % sides);
    }

    /** Returns one of {@code words}. */
    String pick(List<String> words) {
      return words.get(roll(words.size()));
    }

    private long next() {
      state += 0x9E3779B97F4A7C15L;
      long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      return mixed ^ (mixed >>> 31);
    }
  }
}

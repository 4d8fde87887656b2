package io.stepsync.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes secrets out of texts, however they are written there: as they are, escaped as in JSON, HTML
 * or URLs, also more than once, or in base64, also as a part of something longer. A secret that a
 * text was cut in is taken out as well.
 *
 * <p>Immutable. It never shows the secrets.
 */
public final class Secrets {

  private static final String MASK = "***";

  /** So many characters of a secret at the end of a text are taken for it. */
  private static final int SHORTEST_PART = 4;

  /** Shorter ones in base64 would be found by chance. */
  private static final int SHORTEST_BASE64 = 6;

  /** Four times escaped. More could be many. */
  private static final String BACKSLASHES = "\\\\{1,15}";

  private static final Map<Character, String> NAMES =
      Map.of('"', "quot", '&', "amp", '<', "lt", '>', "gt", '\'', "apos", '/', "sol", ' ', "nbsp");

  private final List<String> plain;
  private final List<List<List<Pattern>>> secrets;

  private Secrets(List<String> plain) {
    this.plain = plain;
    this.secrets = plain.stream().flatMap(Secrets::forms).toList();
  }

  /** Returns what hides {@code secrets}; the empty text is none. */
  public static Secrets of(Collection<String> secrets) {
    return new Secrets(
        secrets.stream()
            .filter(secret -> !secret.isEmpty())
            .distinct()
            .sorted((one, other) -> other.length() - one.length())
            .toList());
  }

  private static Stream<List<List<Pattern>>> forms(String secret) {
    return Stream.concat(
            Stream.of(secret.codePoints().mapToObj(point -> patterns(Character.toString(point)))),
            IntStream.range(0, 3)
                .mapToObj(offset -> inBase64(secret, offset))
                .filter(base64 -> base64.length() >= SHORTEST_BASE64)
                .map(base64 -> base64.chars().mapToObj(Secrets::patternsOfBase64)))
        .map(Stream::toList);
  }

  /** Returns {@code text} without the secrets, should it repeat them. */
  public String masked(String text) {
    String masked = text;
    for (String secret : plain) {
      masked = masked.replace(secret, MASK);
    }
    for (List<List<Pattern>> secret : secrets) {
      masked = masked(masked, secret);
    }
    return masked;
  }

  private static String masked(String text, List<List<Pattern>> secret) {
    StringBuilder masked = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = end(text, at, secret);
      masked.append(end > at ? MASK : text.substring(at, at + 1));
      at = Math.max(end, at + 1);
    }
    return masked.toString();
  }

  /** Returns where the secret ends that begins at {@code start}; {@code start} if none does. */
  private static int end(String text, int start, List<List<Pattern>> secret) {
    SortedSet<Integer> ends = new TreeSet<>(List.of(start));
    for (int i = 0; i < secret.size(); i++) {
      SortedSet<Integer> begins = ends;
      ends = new TreeSet<>();
      for (Pattern form : secret.get(i)) {
        addEnds(form, text, begins, ends);
      }
      if (ends.isEmpty()) {
        return i >= SHORTEST_PART && isCut(text, begins.last()) ? begins.last() : start;
      }
    }
    return ends.last();
  }

  /**
   * Adds where a character ends that begins at one of {@code begins}. An escape can end in several
   * places: of four backslashes, the first character may be one, two or three.
   */
  private static void addEnds(
      Pattern form, String text, Collection<Integer> begins, Collection<Integer> ends) {
    Matcher matcher = form.matcher(text);
    for (int begin : begins) {
      int limit = text.length();
      while (limit > begin && matcher.region(begin, limit).lookingAt()) {
        ends.add(matcher.end());
        limit = matcher.end() - 1;
      }
    }
  }

  private static boolean isCut(String text, int at) {
    return at == text.length() || text.startsWith("…", at) || text.startsWith("...", at);
  }

  /** Returns what of base64 does not depend on the {@code offset} bytes before, or those after. */
  private static String inBase64(String secret, int offset) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int end = base64.length() - (shifted.length % 3 == 0 ? 0 : 1);
    return base64.substring(Math.min(end, offset == 0 ? 0 : offset + 1), end);
  }

  private static List<Pattern> patternsOfBase64(int character) {
    return switch (character) {
      case '+' -> with(patterns("+"), "-");
      case '/' -> with(patterns("/"), "_");
      default -> List.of(Pattern.compile(String.valueOf((char) character)));
    };
  }

  private static List<Pattern> with(List<Pattern> patterns, String other) {
    return Stream.concat(patterns.stream(), Stream.of(Pattern.compile(other))).toList();
  }

  /** Returns expressions of all that a character may be written as. */
  private static List<Pattern> patterns(String character) {
    List<String> forms = new ArrayList<>();
    forms.add(
        character
            .chars()
            .mapToObj(unit -> BACKSLASHES + "[uU]" + anyCase("%04x".formatted(unit)))
            .collect(Collectors.joining()));
    forms.add(
        bytes(character).stream()
            .map(b -> "%(?:25){0,4}" + anyCase("%02x".formatted(b)))
            .collect(Collectors.joining()));
    int point = character.codePointAt(0);
    forms.add("&(?:amp;){0,4}#0*" + point + ";");
    forms.add("&(?:amp;){0,4}#[xX]0*" + anyCase(Integer.toHexString(point)) + ";");
    if (NAMES.containsKey(character.charAt(0))) {
      forms.add("&(?:amp;){0,4}" + NAMES.get(character.charAt(0)) + ";");
    }
    if (character.equals(" ")) {
      forms.add("\\+");
    }
    if (!ShownText.harmless(character).equals(character)) {
      forms.add(ShownText.harmless(character));
    }
    forms.add("(?:" + BACKSLASHES + ")?" + Pattern.quote(character));
    return forms.stream().map(Pattern::compile).toList();
  }

  private static List<Integer> bytes(String character) {
    byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i] & 0xFF).toList();
  }

  private static String anyCase(String hex) {
    return Arrays.stream(hex.split(""))
        .map(
            digit ->
                Character.isLetter(digit.charAt(0))
                    ? "[" + digit + digit.toUpperCase(Locale.ROOT) + "]"
                    : digit)
        .collect(Collectors.joining());
  }

  /** It would show them. */
  @Override
  public String toString() {
    return MASK;
  }
}

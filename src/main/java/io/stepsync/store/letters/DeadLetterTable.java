package io.stepsync.store.letters;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.stepsync.jdbc.DeadLetter;
import io.stepsync.store.StreamMoments;
import io.stepsync.window.IdWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The table stepsync_dead_letter. Where letters are chosen by a reason, those are meant whose
 * reason has this text, whatever its case; the empty text means all. Thread-safe.
 */
public final class DeadLetterTable {

  private static final int PART = 500;

  private static final String KNOWN =
      "SELECT id, kind FROM stepsync_dead_letter WHERE stream = ? AND id BETWEEN ? AND ?";

  private static final String CELLS =
      """
      SELECT MIN(id), COUNT(*)
      FROM stepsync_dead_letter
      WHERE stream = ? AND id BETWEEN ? AND ?
      GROUP BY FLOOR((id - ?) / ?)""";

  private static final String FAILED_FETCHES =
      "SELECT COUNT(*) FROM stepsync_dead_letter WHERE stream = ? AND kind = 'fetch'";

  private static final String AGAIN =
      "UPDATE stepsync_dead_letter SET reason = ?, payload = ?, run = ?,"
          + " seen_at = CURRENT_TIMESTAMP, tries = tries + 1"
          + " WHERE stream = ? AND id = ? AND kind = ?";

  private static final String NEW =
      "INSERT INTO stepsync_dead_letter (reason, payload, run, stream, id, kind, seen_at, tries)"
          + " VALUES (?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, 1)";

  private static final String OF_REASON = " LOWER(reason) LIKE ? ESCAPE '!'";

  /** In the order of the key, as HSQLDB else reads all to sort them. */
  static final String LIST =
      "SELECT * FROM stepsync_dead_letter WHERE stream = ? AND id >= ? AND (id > ? OR kind > ?) AND"
          + OF_REASON
          + " ORDER BY stream, id, kind LIMIT "
          + PART;

  /** What the database sorts by itself; the rest is {@link DeadLetter#rule}'s. */
  private static final String GROUPS =
      """
      SELECT kind, rule, COUNT(*), MIN(id)
      FROM (
        SELECT kind, id,
          CASE
            WHEN reason LIKE 'the answer is no valid JSON %' THEN reason
            WHEN reason LIKE '%, was %' THEN SUBSTRING(reason FROM 1 FOR POSITION(', was ' IN reason) - 1)
            WHEN reason LIKE '% Detail: %' THEN SUBSTRING(reason FROM 1 FOR POSITION(' Detail: ' IN reason) - 1)
            ELSE reason
          END AS rule
        FROM stepsync_dead_letter
        WHERE stream = ?) letters
      GROUP BY kind, rule""";

  private final JdbcTemplate sql;

  public DeadLetterTable(JdbcTemplate sql) {
    this.sql = sql;
  }

  private record Key(long id, String kind) {}

  /** Returns how many there are of each stream that has any. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    RowCallbackHandler add = row -> counts.put(row.getString(1), row.getLong(2));
    sql.query("SELECT stream, COUNT(*) FROM stepsync_dead_letter GROUP BY stream", add);
    return counts;
  }

  /** Returns the IDs in a range that have any. */
  public Set<Long> ids(String stream, IdWindow range) {
    return keys(stream, range.firstId(), range.lastId()).stream().map(Key::id).collect(toSet());
  }

  /** Returns how many IDs of a stream had no answer. */
  public long failedFetches(String stream) {
    return sql.queryForObject(FAILED_FETCHES, Long.class, stream);
  }

  /**
   * Returns how many lie in each cell of a range of IDs, which is cut into cells of {@code width}
   * IDs, by the lowest ID that has one.
   */
  public Map<Long, Long> inCells(String stream, long firstId, long lastId, long width) {
    Map<Long, Long> cells = new HashMap<>();
    RowCallbackHandler add = row -> cells.put(row.getLong(1), row.getLong(2));
    sql.query(CELLS, add, stream, firstId, lastId, firstId, width);
    return cells;
  }

  /**
   * Keeps what was refused, in the transaction of the thread: of two with the same ID and kind the
   * later one. One that was kept before has a try more.
   *
   * @param run the ID of the run
   */
  public void keep(String stream, String run, Collection<DeadLetter> letters) {
    Map<Key, DeadLetter> refused = new LinkedHashMap<>();
    letters.forEach(letter -> refused.put(new Key(letter.id(), letter.kind()), letter));
    if (refused.isEmpty()) {
      return;
    }
    Set<Key> known =
        keys(
            stream,
            letters.stream().mapToLong(DeadLetter::id).min().orElseThrow(),
            letters.stream().mapToLong(DeadLetter::id).max().orElseThrow());
    Map<Boolean, List<Object[]>> rows =
        refused.entrySet().stream()
            .collect(
                partitioningBy(
                    letter -> known.contains(letter.getKey()),
                    mapping(letter -> row(stream, run, letter.getValue()), toList())));
    write(AGAIN, rows.get(true));
    write(NEW, rows.get(false));
  }

  private Set<Key> keys(String stream, long firstId, long lastId) {
    return new HashSet<>(
        sql.query(
            KNOWN,
            (row, number) -> new Key(row.getLong(1), row.getString(2)),
            stream,
            firstId,
            lastId));
  }

  private static Object[] row(String stream, String run, DeadLetter letter) {
    return new Object[] {
      letter.reason(), letter.payload(), run, stream, letter.id(), letter.kind()
    };
  }

  private void write(String statement, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      sql.batchUpdate(statement, rows);
    }
  }

  /**
   * Gives the letters of a stream to {@code reader}, by ID, until it wants no more; they are read
   * in parts, of which none is kept.
   */
  public void each(String stream, String reason, Predicate<StoredDeadLetter> reader) {
    StoredDeadLetter last = null;
    List<StoredDeadLetter> part;
    do {
      long id = last == null ? -1 : last.id();
      String kind = last == null ? "" : last.kind();
      part = sql.query(LIST, StoredDeadLetter::of, stream, id, id, kind, like(reason));
      for (StoredDeadLetter letter : part) {
        if (!reader.test(letter)) {
          return;
        }
      }
      last = part.isEmpty() ? null : part.get(part.size() - 1);
    } while (part.size() == PART);
  }

  /** Returns the groups of a stream, the largest first. */
  public List<DeadLetterGroup> groups(String stream) {
    Map<List<String>, DeadLetterGroup> groups = new LinkedHashMap<>();
    RowCallbackHandler add =
        row -> {
          String kind = row.getString(1);
          String rule = DeadLetter.rule(row.getString(2));
          groups.merge(
              List.of(kind, rule),
              new DeadLetterGroup(stream, kind, rule, row.getLong(3), row.getLong(4)),
              DeadLetterGroup::plus);
        };
    sql.query(GROUPS, add, stream);
    List<DeadLetterGroup> sorted = new ArrayList<>(groups.values());
    sorted.sort(
        Comparator.comparingLong(DeadLetterGroup::count)
            .reversed()
            .thenComparing(DeadLetterGroup::exampleId));
    return sorted;
  }

  /** Returns how many letters a stream has. */
  public long count(String stream, String reason) {
    return sql.queryForObject(
        "SELECT COUNT(*) FROM stepsync_dead_letter WHERE stream = ? AND" + OF_REASON,
        Long.class,
        stream,
        like(reason));
  }

  /** Returns the letter of the group's example, if it is still there. */
  public Optional<StoredDeadLetter> example(DeadLetterGroup group) {
    return sql
        .query(
            "SELECT * FROM stepsync_dead_letter WHERE stream = ? AND id = ? AND kind = ?",
            StoredDeadLetter::of,
            group.stream(),
            group.exampleId(),
            group.kind())
        .stream()
        .findFirst();
  }

  /** Forgets letters of a stream; returns how many. */
  public int drop(String stream, String reason) {
    return sql.update(
        "DELETE FROM stepsync_dead_letter WHERE stream = ? AND" + OF_REASON, stream, like(reason));
  }

  /** Returns the pattern, for LIKE with the escape sign {@code !}, of texts in lower case. */
  public static String like(String part) {
    return "%" + part.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
  }

  /**
   * The dead letters of a stream that were refused for the same reason, whatever their values.
   *
   * @param kind as in {@link StoredDeadLetter}
   * @param reason what they have in common, as {@link io.stepsync.jdbc.DeadLetter#rule} gives it
   * @param count how many there are
   * @param exampleId the lowest ID among them
   */
  public record DeadLetterGroup(
      String stream, String kind, String reason, long count, long exampleId) {

    DeadLetterGroup plus(DeadLetterGroup other) {
      return new DeadLetterGroup(
          stream, kind, reason, count + other.count, Math.min(exampleId, other.exampleId));
    }
  }

  /**
   * A row of stepsync_dead_letter. The names are those of {@code dead-letters list --json}, and
   * stay.
   *
   * @param kind record for one that was refused, fetch for an ID without an answer, delete for a
   *     row that the database does not let go
   * @param payload the record as JSON; empty where there is none
   * @param tries how often it was refused
   * @param seenAt when it was refused last
   */
  public record StoredDeadLetter(
      String stream,
      long id,
      String kind,
      String reason,
      String payload,
      int tries,
      Instant seenAt) {

    static StoredDeadLetter of(ResultSet row, int number) throws SQLException {
      return new StoredDeadLetter(
          row.getString("stream"),
          row.getLong("id"),
          row.getString("kind"),
          row.getString("reason"),
          row.getString("payload"),
          row.getInt("tries"),
          StreamMoments.moment(row, "seen_at"));
    }
  }
}

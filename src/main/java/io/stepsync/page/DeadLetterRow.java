package io.stepsync.page;

import static java.util.Comparator.comparingLong;

import io.stepsync.http.ShownText;
import io.stepsync.json.ShortText;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.store.letters.DeadLetterTable.DeadLetterGroup;
import io.stepsync.store.letters.DeadLetterTable.StoredDeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The first dead letter of a group, as the page shows it.
 *
 * @param count how many there are in the group
 * @param kind record, or fetch for an ID without an answer
 * @param payload the record as the API gave it, at most {@value #LONGEST} characters of it
 * @param seenAt milliseconds since 1970
 */
record DeadLetterRow(
    String stream,
    long count,
    String id,
    String kind,
    String reason,
    String payload,
    long seenAt,
    int tries) {

  private static final int LONGEST = 2000;

  private static final int MOST_GROUPS = 30;

  /** Returns that of each group, the largest groups first, of one stream or of all. */
  static List<DeadLetterRow> all(DeadLetterTable letters, Optional<String> stream) {
    return stream.map(Set::of).orElseGet(() -> new TreeSet<>(letters.counts().keySet())).stream()
        .flatMap(name -> letters.groups(name).stream())
        .sorted(comparingLong(DeadLetterGroup::count).reversed())
        .limit(MOST_GROUPS)
        .flatMap(group -> letters.example(group).map(one -> of(group, one)).stream())
        .toList();
  }

  private static DeadLetterRow of(DeadLetterGroup group, StoredDeadLetter one) {
    return new DeadLetterRow(
        one.stream(),
        group.count(),
        Long.toString(one.id()),
        one.kind(),
        ShownText.harmless(one.reason()),
        ShortText.told(ShownText.harmless(one.payload()), LONGEST),
        one.seenAt().toEpochMilli(),
        one.tries());
  }
}

package io.stepsync.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verify of a stream found. The names are those of {@code --json}, and stay.
 *
 * @param firstId the first ID that was looked at, if only some were to be; null for all
 * @param lastId the last ID, likewise
 * @param sample how many windows were chosen; null for all
 * @param seed what chose them; null for all
 * @param windows the windows that were compared
 * @param records the records that were compared
 * @param missing the records without a row
 * @param different the records with a row of other values
 * @param surplus the rows without a record; null if no column holds the ID, so that they are not
 *     looked for
 * @param unanswered the IDs that the API could not answer for
 * @param deadLetters the records that are no rows because they were refused
 * @param young the records without a row whose IDs are young, so that a sync may still find them
 * @param changedMeanwhile the IDs that differed at the first look, and no more at the second
 * @param complete whether all was looked at that was to be
 * @param error why it failed; null if it did not
 * @param differences what was missing, different, surplus or unanswered, one by one; at most 10,000
 */
public record VerifyReport(
    String stream,
    Instant started,
    Instant ended,
    Long firstId,
    Long lastId,
    Integer sample,
    Long seed,
    long windows,
    long records,
    long missing,
    long different,
    Long surplus,
    long unanswered,
    long deadLetters,
    long young,
    long changedMeanwhile,
    boolean complete,
    String error,
    List<RowDifference> differences) {

  /** Why a verify of a stream proves nothing whose first sync has settled no ID. */
  static final String NOTHING_YET = "nothing has been copied yet that could be compared";

  /** Returns how many differences there are. */
  @JsonIgnore
  public long getDifferenceCount() {
    return missing + different + (surplus == null ? 0 : surplus) + unanswered;
  }

  /** Whether all was looked at that was to be, and nothing differs. */
  @JsonProperty("equal")
  public boolean isEqual() {
    return complete && getDifferenceCount() == 0;
  }

  /** Returns the outcome in one line, such as {@code equal, 1000 records in 10 windows}. */
  @JsonIgnore
  public String getSummary() {
    if (windows == 0 && NOTHING_YET.equals(error)) {
      return NOTHING_YET;
    }
    if (windows == 0 && isEqual()) {
      return "equal, nothing to compare, as no sync has found a record";
    }
    List<String> parts = new ArrayList<>();
    parts.add(isEqual() ? "equal" : getDifferenceCount() > 0 ? "differs" : "not known to be equal");
    add(parts, missing, "missing");
    add(parts, different, "different");
    add(parts, surplus == null ? 0 : surplus, "that the API lacks");
    add(parts, unanswered, "without an answer");
    add(parts, deadLetters, "dead letters");
    add(parts, young, "young");
    add(parts, changedMeanwhile, "changed meanwhile");
    parts.add(records + " records in " + windows + " windows");
    if (!complete) {
      parts.add(error != null ? "failed: " + error : "stopped before its end");
    }
    return String.join(", ", parts) + scope();
  }

  private String scope() {
    String ids = firstId == null ? "" : ", of IDs " + firstId + ".." + lastId;
    return sample == null ? ids : ids + ", of a sample of " + sample + " by seed " + seed;
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}

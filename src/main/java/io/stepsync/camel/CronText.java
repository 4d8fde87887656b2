package io.stepsync.camel;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Says what a cron expression would be in Quartz, which has seconds, and a {@code ?}. */
final class CronText {

  private static final Pattern NUMBER = Pattern.compile("(?<![/\\w#])\\d+");

  private CronText() {}

  /**
   * Returns {@code "; in Quartz that is …"} for an expression of five fields, or of one with
   * neither day left open; an empty text where that is not known.
   */
  static String inQuartz(String cron) {
    List<String> fields = Arrays.asList(cron.strip().split("\\s+", -1));
    String quartz =
        switch (fields.size()) {
          case 5 -> "0 " + withQuestionMark(fields.subList(0, 5), true);
          case 6, 7 ->
              fields.get(0)
                  + " "
                  + withQuestionMark(fields.subList(1, 6), false)
                  + (fields.size() == 7 ? " " + fields.get(6) : "");
          default -> "";
        };
    return CronExpression.isValidExpression(quartz) ? "; in Quartz that is " + quartz : "";
  }

  /** One of the two days is always open in Quartz, and its week begins with SUN as 1. */
  private static String withQuestionMark(List<String> fields, boolean unix) {
    List<String> quartz = new java.util.ArrayList<>(fields);
    if (fields.get(4).equals("*")) {
      quartz.set(4, "?");
    } else {
      if (fields.get(2).equals("*")) {
        quartz.set(2, "?");
      }
      if (unix) {
        quartz.set(4, NUMBER.matcher(fields.get(4)).replaceAll(CronText::quartzDay));
      }
    }
    return String.join(" ", quartz);
  }

  private static String quartzDay(MatchResult day) {
    return Integer.toString(Integer.parseInt(day.group()) % 7 + 1);
  }
}

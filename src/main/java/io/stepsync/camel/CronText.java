package io.stepsync.camel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Says what a cron expression would be in Quartz, which has seconds, and a {@code ?}. */
public final class CronText {

  private static final Pattern NUMBER = Pattern.compile("(?<![/\\w#])\\d+");

  private CronText() {}

  /**
   * Returns {@code "; in Quartz that is …"} for an expression of five fields, or of one with
   * neither day left open; an empty text where that is not known. Quartz does not take two days.
   */
  public static String inQuartz(String cron) {
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
    return CronExpression.isValidExpression(quartz)
        ? "; in Quartz that is " + quartz
        : ofOneDay(quartz.isEmpty() ? List.of() : List.of(quartz.split(" ")));
  }

  private static String ofOneDay(List<String> fields) {
    if (fields.size() < 6) {
      return "";
    }
    List<String> ofMonth = new ArrayList<>(fields);
    ofMonth.set(5, "?");
    List<String> ofWeek = new ArrayList<>(fields);
    ofWeek.set(3, "?");
    boolean either =
        CronExpression.isValidExpression(String.join(" ", ofMonth))
            && CronExpression.isValidExpression(String.join(" ", ofWeek));
    return either
        ? "; in Quartz the day of the month or that of the week is ?: %s or %s"
            .formatted(String.join(" ", ofMonth), String.join(" ", ofWeek))
        : "";
  }

  /** One of the two days is always open in Quartz, and its week begins with SUN as 1. */
  private static String withQuestionMark(List<String> fields, boolean unix) {
    List<String> quartz = new ArrayList<>(fields);
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

package io.stepsync.docs;

import io.stepsync.docs.SettingsSource.Section;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the settings of a stream as Markdown, below a head that people write. */
final class SettingsPage {

  static final String END_OF_HEAD =
      "<!-- From here on this is made from the Javadoc of io.stepsync.Stream: see CONTRIBUTING.md. -->\n";

  private final Pattern names;

  private SettingsPage(List<Section> sections) {
    names =
        Pattern.compile(
            sections.stream()
                .flatMap(section -> section.settings().stream())
                .map(Setting::name)
                .filter(name -> name.chars().anyMatch(Character::isUpperCase))
                .collect(Collectors.joining("|", "(?<![`\\w])(", ")(?![`\\w])")));
  }

  /** Returns {@code page} with everything below its head written again. */
  static String of(String page, List<Section> sections) {
    String head = page.substring(0, page.indexOf(END_OF_HEAD) + END_OF_HEAD.length());
    SettingsPage written = new SettingsPage(sections);
    return sections.stream().map(written::section).collect(Collectors.joining("", head, ""));
  }

  private String section(Section section) {
    return section.settings().stream()
        .map(this::row)
        .collect(
            Collectors.joining(
                "",
                "\n## %s\n\n%s\n\n| setting | type | default | meaning |\n|---|---|---|---|\n"
                    .formatted(section.heading(), section.sentence()),
                ""));
  }

  private String row(Setting setting) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            setting.name(), setting.userType(), inCell(preset(setting)), inCell(setting.meaning()));
  }

  private static String preset(Setting setting) {
    if (setting.required().isPresent()) {
      return setting.required().get().replace("Required", "required");
    }
    String value = setting.value().orElse("");
    String behind = setting.stated().orElse("").substring(value.length());
    return (value.equals("none") || value.contains(" ") ? value : "`" + value + "`") + behind;
  }

  private String inCell(String text) {
    return names.matcher(text).replaceAll("`$1`").replace("|", "\\|");
  }
}

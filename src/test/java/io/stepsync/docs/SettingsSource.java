package io.stepsync.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.stepsync.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings of a stream, read from the source of {@link Stream}. */
final class SettingsSource {

  private static final Path SOURCE = Path.of("src/main/java/io/stepsync/Stream.java");

  /** The comment above a group of setters. */
  private static final Pattern HEADING = Pattern.compile("(?m)^  // (\\w+): (.+)$");

  /**
   * A group of settings, in the order in which users come upon them.
   *
   * @param sentence what they are about
   */
  record Section(String heading, String sentence, List<Setting> settings) {}

  private final CompilationUnitTree unit;
  private final DocTrees trees;

  private SettingsSource(CompilationUnitTree unit, DocTrees trees) {
    this.unit = unit;
    this.trees = trees;
  }

  static List<Section> read() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(SOURCE));
      CompilationUnitTree unit = task.parse().iterator().next();
      return new SettingsSource(unit, DocTrees.instance(task)).sections(Files.readString(SOURCE));
    }
  }

  private List<Section> sections(String source) {
    NavigableMap<Long, Section> byPlace = new TreeMap<>();
    Matcher heading = HEADING.matcher(source);
    while (heading.find()) {
      String sentence = "The settings of a stream that say " + heading.group(2) + ".";
      byPlace.put(
          (long) heading.start(), new Section(heading.group(1), sentence, new ArrayList<>()));
    }
    for (Tree member : ((ClassTree) unit.getTypeDecls().get(0)).getMembers()) {
      if (member instanceof MethodTree method && isSetter(method)) {
        long place = trees.getSourcePositions().getStartPosition(unit, method);
        List<Setting> settings = byPlace.floorEntry(place).getValue().settings();
        Setting setting = setting(method);
        // a duration has a setter for its text too
        if (settings.stream().noneMatch(other -> other.name().equals(setting.name()))) {
          settings.add(setting);
        }
      }
    }
    return List.copyOf(byPlace.values());
  }

  private static boolean isSetter(MethodTree method) {
    return method.getName().toString().startsWith("set")
        && method.getParameters().size() == 1
        && method.getModifiers().getFlags().contains(Modifier.PUBLIC)
        && method.getModifiers().getAnnotations().isEmpty(); // one that is deprecated is refused
  }

  private Setting setting(MethodTree setter) {
    String name = setter.getName().toString().substring("set".length());
    DocCommentTree comment = comment(setter);
    return new Setting(
        name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
        setter.getParameters().get(0).getType().toString(),
        comment == null ? "" : text(comment.getFullBody()));
  }

  private DocCommentTree comment(Tree tree) {
    return trees.getDocCommentTree(TreePath.getPath(unit, tree));
  }

  private String text(List<? extends DocTree> parts) {
    return parts.stream()
        .map(this::text)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private String text(DocTree part) {
    return switch (part.getKind()) {
      case CODE, LITERAL -> "`" + ((LiteralTree) part).getBody().getBody().strip() + "`";
      case LINK -> ((LinkTree) part).getReference().getSignature().toLowerCase(Locale.ROOT);
      case ENTITY -> trees.getCharacters((EntityTree) part);
      case START_ELEMENT, END_ELEMENT -> " ";
      default -> part.toString();
    };
  }
}

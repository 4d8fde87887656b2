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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings of a stream, read from the sources of {@link Stream} and its superclasses. */
final class SettingsSource {

  /** The order in which users come upon them; a new class comes last. */
  private static final List<String> ORDER =
      List.of(
          "RequestOptions",
          "AnswerOptions",
          "AuthOptions",
          "ScanOptions",
          "TableOptions",
          "Stream");

  /**
   * The settings of a class.
   *
   * @param sentence what its Javadoc says first
   */
  record Section(String className, String sentence, List<Setting> settings) {}

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
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      List<Section> sections = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sections.add(new SettingsSource(unit, DocTrees.instance(task)).section());
      }
      sections.sort(Comparator.comparing(section -> place(section.className())));
      return sections;
    }
  }

  private static int place(String className) {
    return ORDER.contains(className) ? ORDER.indexOf(className) : ORDER.size();
  }

  private static List<Path> sources() {
    List<Path> sources = new ArrayList<>();
    for (Class<?> type = Stream.class; type != Object.class; type = type.getSuperclass()) {
      sources.add(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
    }
    return sources;
  }

  private Section section() {
    ClassTree type = (ClassTree) unit.getTypeDecls().get(0);
    List<Setting> settings = new ArrayList<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && isSetter(method)) {
        settings.add(setting(method));
      }
    }
    return new Section(
        type.getSimpleName().toString(), text(comment(type).getFirstSentence()), settings);
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

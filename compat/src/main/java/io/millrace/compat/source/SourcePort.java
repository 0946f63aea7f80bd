package io.millrace.compat.source;

import io.millrace.compat.members.MemberList;
import io.millrace.compat.rename.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites Flink's names in one Java source. Immutable.
 *
 * <p>Imports become ours; an import of a whole package becomes one import for each class that the
 * code names, since a package of Flink is spread over several of ours. Full names are rewritten
 * wherever they stand, also in comments and strings. Names without a rule stay, and are reported.
 */
public final class SourcePort {
    private static final Pattern IMPORT =
            Pattern.compile(
                    "^([ \\t]*)import\\s+(static\\s+)?(org\\.apache\\.flink(?:\\.\\w+)+)(\\.\\*)?\\s*;[ \\t]*\\n?",
                    Pattern.MULTILINE);
    private static final Pattern FULL_NAME =
            Pattern.compile("(?<![\\w$.])org\\.apache\\.flink(?:\\.[A-Za-z_]\\w*)+");
    private static final Pattern PACKAGE =
            Pattern.compile("^[ \\t]*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    private final SourceNames names;

    public SourcePort(Mapping mapping, List<MemberList> lists) {
        this.names = new SourceNames(mapping, lists);
    }

    /**
     * @param text the source as it is now
     * @param leftovers names that have no counterpart, with their lines in the old source
     */
    public record Ported(String text, List<Leftover> leftovers) {
        public Ported {
            leftovers = List.copyOf(leftovers);
        }
    }

    /**
     * A name of Flink that could not be rewritten.
     *
     * @param area of Flink's API that it belongs to, or nothing if it is not public API
     */
    public record Leftover(int line, String name, Optional<String> area) {}

    public Ported port(String source) {
        List<Leftover> leftovers = new ArrayList<>();
        Map<String, String> newSimpleNames = new TreeMap<>();
        String imported = imports(source, leftovers, newSimpleNames);
        String named = fullNames(imported, source, leftovers);
        for (Map.Entry<String, String> each : newSimpleNames.entrySet()) {
            named = new JavaText(named).replaceWord(each.getKey(), each.getValue());
        }
        return new Ported(named, leftovers);
    }

    private String imports(
            String source, List<Leftover> leftovers, Map<String, String> newSimpleNames) {
        JavaText text = new JavaText(source);
        Set<String> written = new LinkedHashSet<>();
        Matcher found = IMPORT.matcher(source);
        StringBuilder out = new StringBuilder();
        while (found.find()) {
            if (!text.isCode(found.start(3))) {
                continue;
            }
            boolean isStatic = found.group(2) != null;
            boolean all = found.group(4) != null;
            StringBuilder lines = new StringBuilder();
            List<String> imports =
                    all && !isStatic && names.map(found.group(3)).isEmpty()
                            ? classesOf(
                                    found.group(3), text, text.lineOf(found.start(3)), leftovers)
                            : List.of(
                                    single(
                                            found.group(3) + (all ? ".*" : ""),
                                            text.lineOf(found.start(3)),
                                            leftovers,
                                            isStatic ? Map.of() : newSimpleNames));
            for (String each : imports) {
                String line =
                        found.group(1) + "import " + (isStatic ? "static " : "") + each + ";\n";
                if (written.add(line)) {
                    lines.append(line);
                }
            }
            found.appendReplacement(out, Matcher.quoteReplacement(lines.toString()));
        }
        return found.appendTail(out).toString();
    }

    private String single(
            String name, int line, List<Leftover> leftovers, Map<String, String> newSimpleNames) {
        Optional<String> to = names.map(name);
        if (to.isEmpty()) {
            leftovers.add(new Leftover(line, name, names.area(name)));
            return name;
        }
        String before = SourceNames.simpleName(name);
        String after = SourceNames.simpleName(to.get());
        if (!before.equals(after)) {
            newSimpleNames.put(before, after);
        }
        return to.get();
    }

    private List<String> classesOf(
            String packageName, JavaText text, int line, List<Leftover> leftovers) {
        for (String unmapped : names.unmappedIn(packageName)) {
            if (text.mentions(unmapped)) {
                String name = packageName + "." + unmapped;
                leftovers.add(new Leftover(line, name, names.area(name)));
            }
        }
        return names.rulesIn(packageName).entrySet().stream()
                .filter(rule -> text.mentions(rule.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private String fullNames(String imported, String source, List<Leftover> leftovers) {
        Set<String> reported = new LinkedHashSet<>();
        leftovers.forEach(each -> reported.add(each.name()));
        String ownPackage = ownPackage(source);
        JavaText text = new JavaText(imported);
        JavaText before = new JavaText(source);
        Matcher found = FULL_NAME.matcher(imported);
        StringBuilder out = new StringBuilder();
        while (found.find()) {
            String name = found.group();
            Optional<String> to = names.map(name);
            boolean ofProgram = !ownPackage.isEmpty() && name.startsWith(ownPackage);
            if (to.isEmpty()
                    && !ofProgram
                    && !text.isComment(found.start())
                    && reported.add(name)) {
                int line = before.lineOf(Math.max(0, source.indexOf(name)));
                leftovers.add(new Leftover(line, name, names.area(name)));
            }
            found.appendReplacement(out, Matcher.quoteReplacement(to.orElse(name)));
        }
        return found.appendTail(out).toString();
    }

    private static String ownPackage(String source) {
        Matcher found = PACKAGE.matcher(source);
        return found.find() ? found.group(1) : "";
    }
}

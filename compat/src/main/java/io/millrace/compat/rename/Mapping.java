package io.millrace.compat.rename;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Class names of Flink and ours, one rule a line: {@code FROM = TO}. What follows {@code #} is a
 * comment. Several classes may be renamed to one. A nested class follows its outermost class unless
 * it has a rule of its own. Classes without a rule keep their names.
 *
 * <p>Names have dots between packages, and {@code $} before nested classes. Immutable.
 */
public final class Mapping {
    private final Map<String, String> rules;

    private Mapping(Map<String, String> rules) {
        this.rules = Collections.unmodifiableMap(rules);
    }

    /** The rules that ship with Millrace. */
    public static Mapping shipped() {
        try (InputStream in = Mapping.class.getResourceAsStream("flink.mapping")) {
            if (in == null) {
                throw new IllegalStateException("flink.mapping is missing beside " + Mapping.class);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return parse("flink.mapping", text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalArgumentException if a line is not a rule
     */
    public static Mapping read(Path file) throws IOException {
        return parse(file.toString(), Files.readAllLines(file));
    }

    static Mapping parse(String file, List<String> lines) {
        Map<String, String> rules = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] sides = line.split("\\s*=\\s*", -1);
            if (sides.length != 2 || !isName(sides[0]) || !isName(sides[1])) {
                throw new IllegalArgumentException(
                        file
                                + ":"
                                + (i + 1)
                                + ": not a rule: '"
                                + line
                                + "'. A rule is 'package.Class = package.Class'.");
            }
            String earlier = rules.put(sides[0], sides[1]);
            if (earlier != null && !earlier.equals(sides[1])) {
                throw new IllegalArgumentException(
                        file + ":" + (i + 1) + ": " + sides[0] + " already is " + earlier + ".");
            }
        }
        return new Mapping(rules);
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z_][\\w$]*(\\.[A-Za-z_][\\w$]*)+");
    }

    /** All rules, sorted by Flink's name. */
    public Map<String, String> rules() {
        return rules;
    }

    /** The new name of a class, or nothing if no rule speaks of it or of its outermost class. */
    public Optional<String> find(String name) {
        String own = rules.get(name);
        if (own != null) {
            return Optional.of(own);
        }
        int nested = name.lastIndexOf('$');
        return nested < 0
                ? Optional.empty()
                : find(name.substring(0, nested)).map(outer -> outer + name.substring(nested));
    }

    /** The new name of a class, or its old one. */
    public String map(String name) {
        return find(name).orElse(name);
    }

    /** The same for a name with slashes, as class files have them. */
    public String mapInternal(String name) {
        return find(name.replace('/', '.')).map(to -> to.replace('.', '/')).orElse(name);
    }

    /** The rules for classes directly in a package. */
    public List<Map.Entry<String, String>> rulesIn(String packageName) {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            if (packageOf(rule.getKey()).equals(packageName)) {
                found.add(rule);
            }
        }
        return found;
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}

package io.millrace.compat.members;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Flink's members of one area, such as {@code datastream} or {@code type}. Facts only: names,
 * descriptors, generations. The head of each file says what its lines mean. Immutable.
 */
public record MemberList(String area, List<FlinkClass> classes) {
    /** In the order of reports. The last area is what is not Flink's public API and used anyway. */
    public static final List<String> AREAS =
            List.of(
                    "datastream",
                    "type",
                    "connector",
                    "config",
                    "window",
                    "state",
                    "checkpoint",
                    "cep",
                    "state-processor",
                    "internal");

    private static final String FLINK = "org.apache.flink.";

    public MemberList {
        classes = List.copyOf(classes);
    }

    /** The lists that ship with Millrace. */
    public static List<MemberList> shipped() {
        return AREAS.stream().map(MemberList::shipped).toList();
    }

    private static MemberList shipped(String area) {
        String file = area + ".members";
        try (InputStream in = MemberList.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside " + MemberList.class);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return parse(area, text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MemberList parse(String area, List<String> lines) {
        List<FlinkClass> classes = new ArrayList<>();
        FlinkClass current = null;
        List<FlinkMember> members = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                List<String> words = Arrays.asList(line.strip().split(" "));
                if (line.startsWith(" ")) {
                    members.add(member(words));
                } else {
                    finish(current, members, classes);
                    current = classHead(words);
                    members.clear();
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        area + ".members:" + (i + 1) + ": not a class or member: '" + line + "'",
                        e);
            }
        }
        finish(current, members, classes);
        return new MemberList(area, classes);
    }

    private static void finish(
            FlinkClass head, List<FlinkMember> members, List<FlinkClass> finished) {
        if (head != null) {
            finished.add(
                    new FlinkClass(
                            head.kind(),
                            head.generations(),
                            head.name(),
                            head.deprecated(),
                            head.uses(),
                            members));
        }
    }

    private static FlinkClass classHead(List<String> words) {
        return new FlinkClass(
                FlinkClass.Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
                Generations.of(words.get(1)),
                FLINK + words.get(2),
                words.contains("deprecated"),
                uses(words),
                List.of());
    }

    private static FlinkMember member(List<String> words) {
        return new FlinkMember(
                FlinkMember.Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
                Generations.of(words.get(1)),
                words.get(2),
                words.get(3).replace("L~/", "Lorg/apache/flink/"),
                words.contains("static"),
                words.contains("deprecated"),
                uses(words));
    }

    private static int uses(List<String> words) {
        String last = words.get(words.size() - 1);
        return last.startsWith("uses=") ? Integer.parseInt(last.substring("uses=".length())) : 0;
    }
}

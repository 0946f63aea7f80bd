package io.millrace.compat.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Ports the Java files of a directory. Other files are copied as they are. */
public final class SourceTree {
    private final SourcePort port;

    public SourceTree(SourcePort port) {
        this.port = port;
    }

    /**
     * @param changed files with other text than before
     * @param leftovers lines such as {@code A.java:3: org.apache.flink.X has no counterpart}
     */
    public record Outcome(int files, int changed, List<String> leftovers) {
        public Outcome {
            leftovers = List.copyOf(leftovers);
        }
    }

    /**
     * @param from a directory or one file
     * @param to may be {@code from}, and then files are rewritten where they are
     */
    public Outcome port(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        List<String> leftovers = new ArrayList<>();
        int sources = 0;
        int changed = 0;
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (target.equals(to.resolve(""))) {
                target = to; // one file
            }
            if (!file.toString().endsWith(".java")) {
                copy(file, target);
                continue;
            }
            sources++;
            String before = Files.readString(file);
            SourcePort.Ported ported = port.port(before);
            for (SourcePort.Leftover each : ported.leftovers()) {
                leftovers.add(file + ":" + each.line() + ": " + each.name() + why(each));
            }
            if (!ported.text().equals(before)) {
                changed++;
            }
            if (!ported.text().equals(before) || !target.equals(file)) {
                createParent(target);
                Files.writeString(target, ported.text());
            }
        }
        return new Outcome(sources, changed, leftovers);
    }

    private static String why(SourcePort.Leftover leftover) {
        return leftover.area()
                .map(area -> " has no counterpart yet (area " + area + ")")
                .orElse(" is not part of Flink's public API, and has no counterpart");
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!from.equals(to)) {
            createParent(to);
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void createParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }
}

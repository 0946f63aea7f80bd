package io.millrace.benchmarks.batch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** What lies below a directory. */
final class Outputs {
    private Outputs() {}

    /** The files that hold records: no markers, no checksums. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> "._".indexOf(file.getFileName().toString().charAt(0)) < 0)
                    .sorted()
                    .toList();
        }
    }

    /** Of all files, while others come and go. */
    static long bytes(Path directory) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                        bytes[0] += about.size();
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes[0];
    }
}

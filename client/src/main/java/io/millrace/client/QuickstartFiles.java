package io.millrace.client;

import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.hdfs.HadoopFileSystemFactory;
import io.millrace.hdfs.HadoopSite;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The quickstart's text and result on HDFS. Confined to one thread. */
final class QuickstartFiles {
    private static final long MIN_BYTES = 50L << 20;
    private static final int FILES = 4;

    private final Path base = new Path("/millrace/quickstart");
    private final Path corpus = new Path(base, "corpus");

    private QuickstartFiles() {}

    /** On the cluster of these surroundings, which becomes this process's default file system. */
    static QuickstartFiles on(Surroundings cluster) {
        HadoopFileSystemFactory.install(HadoopSite.ofEnvironment(cluster.environment()));
        return new QuickstartFiles();
    }

    String corpus() {
        return corpus.toString();
    }

    /** A directory that does not exist. */
    String newOutput() {
        return new Path(base, "output-" + System.currentTimeMillis()).toString();
    }

    /** Writes the text unless an earlier quickstart did; returns what lies there. */
    String putCorpus(java.nio.file.Path examplesJar) {
        try {
            long bytes = bytesBelow(corpus);
            String before = "was there already: ";
            if (bytes < MIN_BYTES) {
                write(examplesJar);
                bytes = bytesBelow(corpus);
                before = "";
            }
            return String.format(
                    java.util.Locale.ROOT,
                    "%s%.1f MB in %d files in %s: the King James Bible, repeated",
                    before,
                    bytes / 1e6,
                    FILES,
                    corpus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words with the largest counts, largest first. */
    List<Map.Entry<String, Long>> mostFrequent(String output, int limit) {
        List<Map.Entry<String, Long>> words = new ArrayList<>();
        try {
            for (Path file : filesBelow(new Path(output))) {
                read(file, words);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        return words.subList(0, Math.min(limit, words.size()));
    }

    /** The examples know how to write it; they see what any program sees. */
    private void write(java.nio.file.Path examplesJar) throws IOException {
        try (UserLoaders loaders =
                        new UserLoaders(Plugins.none(), FileSystem.class.getClassLoader());
                URLClassLoader examples = loaders.open("examples", List.of(examplesJar))) {
            Class.forName("io.millrace.examples.Corpus", true, examples)
                    .getMethod("write", Path.class, long.class, int.class)
                    .invoke(null, corpus, MIN_BYTES, FILES);
        } catch (ReflectiveOperationException e) {
            throw new IOException("the text could not be written to " + corpus, e);
        }
    }

    private static void read(Path file, List<Map.Entry<String, Long>> words) throws IOException {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                file.getFileSystem().open(file), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int comma = line.lastIndexOf(',');
                words.add(
                        Map.entry(
                                line.substring(1, comma),
                                Long.valueOf(line.substring(comma + 1, line.length() - 1))));
            }
        }
    }

    private static long bytesBelow(Path directory) throws IOException {
        long bytes = 0;
        if (directory.getFileSystem().exists(directory)) {
            for (FileStatus file : directory.getFileSystem().listStatus(directory)) {
                bytes += file.getLen();
            }
        }
        return bytes;
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (FileStatus status : directory.getFileSystem().listStatus(directory)) {
            if (status.isDir()) {
                files.addAll(filesBelow(status.getPath()));
            } else {
                files.add(status.getPath());
            }
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }
}

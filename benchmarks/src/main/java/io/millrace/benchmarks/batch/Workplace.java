package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Directories;
import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory for inputs, outputs and what engines spill, and the one process at a time that works
 * in it. When it is closed, and when this process is told to end, both are gone with all processes
 * that the one has started; logs stay. Confined to the main thread, but for its end.
 */
final class Workplace implements AutoCloseable {
    private static final Pattern CPU = Pattern.compile("MEASURED cpuMs=(\\d+)");
    private static final long LOOK_MS = 100;
    private static final int TOLD_CHARACTERS = 2_000;
    private static final int DELETES = 100;
    private static final long DELETE_AGAIN_MS = 20;

    private final Setup setup;
    private final Path directory;
    private final Duration limit;
    private final long endNanos;
    private final Thread atSignal = new Thread(this::onSignal, "batch-signal");

    private HdfsPlace hdfs; // null until it is needed

    // Set by the main thread, seen by the one that is started when this process is told to end.
    private volatile Process running;
    private volatile boolean ended;

    /**
     * How a process has ended, well. Immutable.
     *
     * @param cpuMs of the process, from its start
     */
    record Ended(long wallMs, long cpuMs, long peakMemoryKb, long peakDiskBytes, String log) {}

    private Workplace(Setup setup, Path directory, Duration limit) {
        this.setup = setup;
        this.directory = directory;
        this.limit = limit;
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    /**
     * @param limit of all processes together
     */
    static Workplace open(Setup setup, Duration limit) throws IOException {
        Workplace place =
                new Workplace(setup, Files.createTempDirectory(setup.work(), "batch-"), limit);
        Runtime.getRuntime().addShutdownHook(place.atSignal);
        return place;
    }

    Path input() {
        return directory.resolve("input");
    }

    /** Made by the programs. */
    Path output() {
        return directory.resolve("output");
    }

    /** Is there while a process runs. */
    Path temporary() {
        return directory.resolve("temporary");
    }

    /** The sandbox's, until this is closed. */
    HdfsPlace hdfs() throws IOException, InterruptedException {
        if (hdfs == null) {
            hdfs = HdfsPlace.start(setup);
        }
        return hdfs;
    }

    long usableBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /**
     * Runs Java to its end.
     *
     * @param name of the log
     * @param arguments options, class and the program's arguments
     * @throws IOException if it does not end well, or in time; says where its log is
     */
    Ended run(String name, List<String> arguments) throws IOException, InterruptedException {
        Files.createDirectories(temporary());
        List<String> command = new ArrayList<>(List.of(setup.java()));
        command.add("-Djava.io.tmpdir=" + temporary());
        command.addAll(arguments);
        Path log = setup.work().resolve("batch-" + name + ".log");
        long began = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        running = process;
        try {
            Watched watched = new Watched(process.pid(), temporary());
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                watched.look();
                if (ended || System.nanoTime() - endNanos > 0) {
                    throw new IOException(
                            name
                                    + " was not through when the time was: "
                                    + limit.toMinutes()
                                    + " minutes. Give minutes=N, or a smaller scale; its log is "
                                    + log);
                }
            }
            long wallMs = (System.nanoTime() - began) / 1_000_000;
            String said = Files.readString(log);
            Matcher cpu = CPU.matcher(said);
            if (process.exitValue() != 0 || !cpu.find()) {
                throw new IOException(
                        name
                                + " ended with code "
                                + process.exitValue()
                                + "; its log is "
                                + log
                                + ", which ends so:\n"
                                + said.substring(Math.max(0, said.length() - TOLD_CHARACTERS)));
            }
            return new Ended(
                    wallMs,
                    Long.parseLong(cpu.group(1)),
                    watched.peakMemoryKb(),
                    watched.peakDiskBytes(),
                    said);
        } finally {
            kill(process);
            Directories.delete(temporary());
        }
    }

    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Whoever writes to the directory meanwhile fails, and this process ends. */
    private void onSignal() {
        ended = true;
        try {
            if (running != null) {
                kill(running);
            }
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody may be writing to it: then once more. */
    private void delete() throws InterruptedException {
        for (int i = 0; i < DELETES; i++) {
            try {
                Directories.delete(directory);
                return;
            } catch (IOException | UncheckedIOException e) {
                Thread.sleep(DELETE_AGAIN_MS);
            }
        }
        System.err.println(directory + " could not be removed");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (hdfs != null) {
            try (HdfsPlace used = hdfs) {
                used.delete(this, directory);
            }
        }
        if (!ended) {
            Runtime.getRuntime().removeShutdownHook(atSignal);
            delete();
        }
    }
}

package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Directories;
import io.millrace.benchmarks.Setup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Seat} in a process of its own, with its directories. Confined to the caller. */
final class SeatProcess implements AutoCloseable {
    private static final String END = "";

    /** What tasks note goes here: on a disk they would wait for what a checkpoint writes. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Engine engine;
    private final Path directory;
    private final Path beats;
    private final Path log;
    private final Process process;
    private final OutputStream commands;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    private SeatProcess(Engine engine, Path directory, Path beats, Path log, Process process) {
        this.engine = engine;
        this.directory = directory;
        this.beats = beats;
        this.log = log;
        this.process = process;
        this.commands = process.getOutputStream();
        this.reader = new Thread(this::read, "seat-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the job.
     *
     * @param plan {@code results} is replaced
     * @param options of the engine; the directory of checkpoints is added
     */
    static SeatProcess start(
            Setup setup, Engine engine, UpdatePlan plan, Map<String, String> options)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(setup.work(), "updates-");
        Path beats =
                Files.createTempDirectory(
                        Files.isDirectory(MEMORY) ? MEMORY : setup.work(), "beats-");
        List<String> command = new ArrayList<>(engine.command(setup));
        UpdatePlan own = plan.in(beats.toString());
        // A process that is killed leaves there what it has: it goes with the job.
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of(own.toArguments().split(" ")));
        options.forEach((key, value) -> command.add(key + "=" + value));
        command.add("execution.checkpointing.dir=" + directory.resolve("checkpoints").toUri());
        Path log = setup.work().resolve("updates-" + engine.name().toLowerCase() + ".log");
        SeatProcess seat =
                new SeatProcess(
                        engine,
                        directory,
                        beats,
                        log,
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                                .start());
        try {
            seat.await("STARTED", 120);
            return seat;
        } catch (IOException | InterruptedException e) {
            seat.close();
            throw e;
        }
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                if (line.matches("[A-Z]+( .*)?")) {
                    lines.add(line);
                } else {
                    note(line);
                }
            }
        } catch (IOException e) {
            // Its end, as the next line.
        }
        lines.add(END);
    }

    /** What workers say on their output. */
    private void note(String line) throws IOException {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The words of the next line that begins so. */
    Map<String, String> await(String begin, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException(
                        engine + " did not say " + begin + " within " + seconds + " s; see " + log);
            }
            if (line.equals(END) || line.startsWith("ENDED")) {
                throw new IOException(engine + " ended early: " + line + "; see " + log);
            }
            if (line.startsWith(begin)) {
                return Words.of(line.split(" "));
            }
        }
    }

    /** The next checkpoint that becomes complete. */
    Told awaitCheckpoint(int seconds) throws IOException, InterruptedException {
        Map<String, String> words = await("CHECKPOINT", seconds);
        return new Told(
                Long.parseLong(words.get("atMs")),
                Long.parseLong(words.get("durationMs")),
                Long.parseLong(words.get("writtenBytes")),
                Long.parseLong(words.get("totalBytes")),
                Long.parseLong(words.get("turnMs")));
    }

    /** A checkpoint, and when it was told of. */
    record Told(long atMs, long durationMs, long writtenBytes, long totalBytes, long turnMs) {}

    /** Returns when it was killed. */
    long killWorker() throws IOException, InterruptedException {
        commands.write("kill\n".getBytes(StandardCharsets.UTF_8));
        commands.flush();
        return Long.parseLong(await("KILLED", 60).get("atMs"));
    }

    /**
     * Takes a savepoint.
     *
     * @param form {@code canonical} or {@code native}
     * @param into a directory for it
     */
    Saved savepoint(String form, Path into) throws IOException, InterruptedException {
        commands.write(
                ("savepoint " + form + " " + into.toUri() + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
        Map<String, String> words = await("SAVEPOINT", 600);
        return new Saved(
                words.get("path"),
                Long.parseLong(words.get("fromMs")),
                Long.parseLong(words.get("toMs")));
    }

    /** A savepoint, and when it was taken. */
    record Saved(String path, long fromMs, long toMs) {
        double seconds() {
            return (toMs - fromMs) / 1000.0;
        }
    }

    BeatLines beats() throws IOException {
        return BeatLines.in(beats);
    }

    /** Waits until every key has its state. Checkpoints of the time before are forgotten. */
    void awaitFilled(UpdatePlan plan) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
        while (beats().count(0, Long.MAX_VALUE) < plan.keys()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(engine + " did not fill its keys; see " + log);
            }
            Thread.sleep(200);
        }
        lines.removeIf(line -> line.startsWith("CHECKPOINT"));
    }

    /** CPU time that its workers have used so far. */
    Duration workersCpu() {
        return process.descendants()
                .map(worker -> worker.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The largest resident memory that any process of it has had, in MB. */
    long peakMemoryMb() {
        return process.descendants().mapToLong(SeatProcess::peakMb).max().orElse(0);
    }

    private static long peakMb(ProcessHandle handle) {
        try (Stream<String> status =
                Files.lines(Path.of("/proc", String.valueOf(handle.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> started = process.descendants().toList();
        try {
            commands.write("end\n".getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            // It has ended by itself.
        }
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(1000);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroyForcibly);
        Directories.delete(directory);
        Directories.delete(beats);
    }
}

package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One job of the {@link Chaos}: it starts, a blow falls, it ends, its output is judged. */
final class ChaosJob implements AutoCloseable {
    private static final int RECORDS = 90_000;
    private static final int RATE = 1_500;
    private static final int PARALLELISM = 2;
    private static final int FULL_SECONDS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Sandbox sandbox;
    private final NameNode nameNode;
    private final Blow blow;
    private final Random random;
    private final String directory;
    private final long beganNanos = System.nanoTime();
    private final List<String> notes = new ArrayList<>();
    private Path disk; // mounted, or null
    private Millrace.Running running;
    private String id;
    private int restarts;
    private long bearableDoubles;
    private boolean unbearable;

    /** How it went. Immutable. */
    record Verdict(Blow blow, SequencesOutput output, boolean good, String words, double seconds) {}

    ChaosJob(Sandbox sandbox, NameNode nameNode, Blow blow, long seed) {
        this.sandbox = sandbox;
        this.nameNode = nameNode;
        this.blow = blow;
        this.random = new Random(seed);
        int number = sandbox.hdfs().list("/chaos").size() + 1;
        this.directory = "/chaos/" + number + "-" + blow.name().toLowerCase(java.util.Locale.ROOT);
    }

    Verdict run() {
        start(PARALLELISM, List.of());
        id = awaitApplication();
        awaitCheckpoints(1 + random.nextInt(3));
        blow.fall(this);
        Millrace.Outcome outcome = running.await(LIMIT);
        SequencesOutput output = SequencesOutput.read(sandbox.hdfs(), directory + "/out", RECORDS);
        List<String> left = sandbox.hdfs().listDeep(directory + "/ckpt");
        boolean leaves = blow == Blow.RESUMED_ELSEWHERE; // what was retained is the user's
        boolean good =
                outcome.exitCode() == 0
                        && !unbearable
                        && output.lost() == 0
                        && output.gaps() == 0
                        && output.staged().isEmpty()
                        && output.doubled() <= bearableDoubles
                        && (leaves || left.isEmpty());
        if (outcome.exitCode() != 0) {
            notes.add(outcome.toString());
        }
        if (!leaves && !left.isEmpty()) {
            notes.add("left behind: " + left);
        }
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return new Verdict(blow, output, good, String.join("; ", notes), seconds);
    }

    private void start(int parallelism, List<String> more) {
        List<String> command =
                new ArrayList<>(List.of("run", "-t", "yarn", "-p", String.valueOf(parallelism)));
        command.addAll(
                List.of(
                        "-D",
                        "execution.checkpointing.dir="
                                + sandbox.fileSystem()
                                + directory
                                + "/ckpt"));
        command.addAll(List.of("-D", "worker.slots=1")); // so that there are several workers
        command.addAll(blow.options(this));
        command.addAll(more);
        command.addAll(List.of("-c", "io.millrace.examples.Sequences"));
        command.add(Millrace.EXAMPLES.toString());
        command.addAll(List.of("--output", sandbox.fileSystem() + directory + "/out"));
        command.addAll(List.of("--records", String.valueOf(RECORDS)));
        command.addAll(List.of("--rate", String.valueOf(RATE)));
        command.addAll(List.of("--splits", String.valueOf(PARALLELISM)));
        command.addAll(List.of("--interval", String.valueOf(blow.intervalMs())));
        running = sandbox.millrace().start(command.toArray(String[]::new));
    }

    // ---- blows

    void killWorkers() {
        int kills = 1 + random.nextInt(3);
        for (int kill = 0; kill < kills; kill++) {
            List<ProcessHandle> workers = workers();
            workers.get(random.nextInt(workers.size())).destroyForcibly();
            awaitRestart();
            awaitCheckpoints(1 + random.nextInt(2));
        }
        notes.add(kills + " killed");
    }

    void killMaster() {
        Workers.appMasterOf(id).get(0).destroyForcibly();
    }

    void killMasterAndWorker() {
        ProcessHandle worker = workers().get(0);
        Workers.appMasterOf(id).get(0).destroyForcibly();
        worker.destroyForcibly();
    }

    void pauseWorker() {
        ProcessHandle worker = workers().get(random.nextInt(2));
        signal("STOP", worker);
        awaitRestart();
        signal("CONT", worker);
        Await.until("the worker that was lost ends", LIMIT, worker::isAlive, alive -> !alive);
    }

    void pauseMaster() {
        ProcessHandle master = Workers.appMasterOf(id).get(0);
        signal("STOP", master);
        pause(30);
        signal("CONT", master);
        Await.until("the master that was lost ends", LIMIT, master::isAlive, alive -> !alive);
    }

    void restartNameNode() {
        nameNode.kill();
        pause(3 + random.nextInt(5));
        nameNode.start();
    }

    void fillHdfs() {
        sandbox.hdfs().setSpaceQuota(directory + "/ckpt", 1);
        Await.until(
                "a checkpoint has failed",
                LIMIT,
                () -> checkpoints().path("failed").asInt(),
                failed -> failed > 0);
        pause(2 + random.nextInt(4));
        sandbox.hdfs().setSpaceQuota(directory + "/ckpt", -1);
    }

    void fillDisk() {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int second = 0; second < FULL_SECONDS; second++) {
                fill(out); // again and again: copies of checkpoints give their space to the state
                pause(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        notes.add("disk full, restarts " + job().path("restarts").asInt());
        pause(random.nextInt(3));
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(OutputStream out) {
        byte[] block = new byte[4096];
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // as it is to be
        }
    }

    void corruptCheckpoint() {
        ProcessHandle dies = workers().get(0);
        String file = flipIn(dies);
        dies.destroyForcibly();
        awaitRestart();
        boolean told =
                Await.until(
                        "the damage is told",
                        LIMIT,
                        this::tellsOfDamage,
                        seen -> seen || !running.isAlive());
        notes.add((told ? "fell back from " : "NOT SEEN: ") + file);
        // What was committed with the damaged one comes again, and the exceptions say so.
        bearableDoubles = 2L * RATE * blow.intervalMs() / 1000;
        unbearable = !told;
    }

    /** Who lives on has a copy of its own, and does not look at what lies on HDFS. */
    void corruptFileOfSurvivor() {
        List<ProcessHandle> workers = workers();
        String file = flipIn(workers.get(1));
        workers.get(0).destroyForcibly();
        awaitRestart();
        awaitCheckpoints(1); // so that all have restored
        boolean told = tellsOfDamage();
        notes.add((told ? "READ FROM HDFS: " : "read from its copy, not from ") + file);
        unbearable = told;
    }

    /** Flips a bit in what a worker has written for the latest complete checkpoint. */
    private String flipIn(ProcessHandle worker) {
        String name = "/" + Workers.containerOf(worker) + ".seg";
        awaitCheckpoints(2);
        long latest = latest();
        String file =
                Await.until(
                                "a file of " + name + " in the latest checkpoint",
                                LIMIT,
                                () ->
                                        files().stream()
                                                .filter(one -> one.endsWith(name))
                                                .filter(one -> checkpointId(one) >= latest)
                                                .min(Comparator.comparing(ChaosJob::checkpointId)),
                                Optional::isPresent)
                        .orElseThrow();
        String path = directory + "/ckpt/" + file;
        byte[] content = sandbox.hdfs().readBytes(path);
        content[content.length / 2 + random.nextInt(content.length / 2)] ^= 0x10;
        sandbox.hdfs().writeBytes(path, content);
        return file;
    }

    private boolean tellsOfDamage() {
        return sandbox.resourceManager()
                .throughProxy(id, "GET", "/v1/jobs/" + jobId() + "/exceptions")
                .body()
                .contains("CHECKPOINT_FILE_CORRUPT");
    }

    void resumeElsewhere() {
        sandbox.millrace().run("cancel", id).succeeded();
        running.await(LIMIT);
        running.close();
        String job = sandbox.hdfs().list(directory + "/ckpt").get(0);
        int parallelism = random.nextBoolean() ? 1 : 3;
        notes.add("parallelism 2 to " + parallelism);
        start(parallelism, List.of("-s", sandbox.fileSystem() + directory + "/ckpt/" + job));
        id = awaitApplication();
    }

    /** A disk of a few megabytes; where none can be mounted there is no such blow. */
    Path mountDisk() {
        if (disk == null) {
            disk = sandbox.directory().resolve("small-disk");
            try {
                Files.createDirectories(disk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            command("mount", "-t", "tmpfs", "-o", "size=48m,mode=1777", "tmpfs", disk.toString());
        }
        return disk;
    }

    // ---- looks

    private String awaitApplication() {
        return Await.until(
                        "the application is there",
                        LIMIT,
                        () -> sandbox.resourceManager().unfinished(),
                        ids -> ids.size() == 1)
                .get(0);
    }

    /** All workers; a job that ends before there are as many as it needs has not been hit. */
    private List<ProcessHandle> workers() {
        return Await.until(
                "the workers run",
                LIMIT,
                () -> {
                    requireAlive("its workers were there");
                    return Workers.of(id);
                },
                workers -> workers.size() >= PARALLELISM);
    }

    private void requireAlive(String before) {
        if (!running.isAlive()) {
            throw new AssertionError(
                    "the job ended before " + before + ": " + running.await(LIMIT));
        }
    }

    private JsonNode job() {
        return Applications.job(sandbox, id);
    }

    private String jobId() {
        return job().path("id").asText();
    }

    private JsonNode checkpoints() {
        return Applications.page(sandbox, id, "checkpoints");
    }

    private void awaitRestart() {
        restarts =
                Await.until(
                        "the job has restarted",
                        LIMIT,
                        () -> {
                            requireAlive("it had restarted");
                            return job().path("restarts").asInt();
                        },
                        seen -> seen > restarts);
    }

    private void awaitCheckpoints(int more) {
        long before = latest();
        Await.until(
                more + " more checkpoints are complete",
                LIMIT,
                () -> {
                    requireAlive(more + " more checkpoints were complete");
                    return latest();
                },
                latest -> latest >= before + more);
    }

    private long latest() {
        return Checkpoints.latest(sandbox.hdfs(), directory + "/ckpt");
    }

    private List<String> files() {
        return sandbox.hdfs().listDeep(directory + "/ckpt");
    }

    private static long checkpointId(String file) {
        return Long.parseLong(file.split("/")[2]);
    }

    private static void signal(String name, ProcessHandle process) {
        command("kill", "-" + name, String.valueOf(process.pid()));
    }

    private static void command(String... line) {
        try {
            Process process = new ProcessBuilder(line).inheritIO().start();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", line) + " ended with an error");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How long something lasts: part of the blow, not a wait for anything. */
    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (running != null) {
            if (running.isAlive() && id != null) {
                sandbox.millrace().run("cancel", id);
            }
            running.close();
        }
        if (disk != null) {
            command("umount", "--lazy", disk.toString());
        }
    }
}

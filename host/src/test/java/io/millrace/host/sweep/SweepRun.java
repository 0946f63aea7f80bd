package io.millrace.host.sweep;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.LocalFileSystem;
import io.millrace.host.sweep.SweepCase.Fault;
import io.millrace.host.sweep.SweepCase.Prelude;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One case, from its first process to the verdict. Confined to one thread. */
public final class SweepRun {
    private static final long LIMIT_SECONDS = 300;
    private static final int PARALLELISM = 2;
    private static final int CHECKPOINTS_BEFORE = 2;

    /** More than the positions of sources that have read nothing: there is something to restore. */
    private static final long STATE_BYTES = 2_000;

    /** Higher than that of any leader of a case. */
    private static final long EPOCH_OF_NOBODY = 1_000_000;

    private final SweepCase what;
    private final Processes processes;
    private final SweepSubject subject;
    private final SweepJob job;
    private final Path directory;
    private final Random random;
    private final Path reached;
    private final Asked asked;
    private final long beganNanos = System.nanoTime();
    private final List<String> dead = new ArrayList<>(); // jobs
    private final Set<Path> withState = new HashSet<>(); // manifests
    private boolean preludeDone;
    private boolean toAsk;
    private boolean happened;
    private boolean standing;
    private long letGoAtNanos;

    /**
     * @param faults empty if all is as it must be
     * @param seed repeats it
     * @param leaders how many there were
     */
    public record Verdict(
            SweepCase what, long seed, List<String> faults, int leaders, double seconds) {
        public boolean isGood() {
            return faults.isEmpty();
        }

        @Override
        public String toString() {
            return String.format(
                    "%-4s %s seed=%d leaders=%d %.1f s%s",
                    isGood() ? "ok" : "BAD",
                    what,
                    seed,
                    leaders,
                    seconds,
                    isGood() ? "" : "\n     " + String.join("\n     ", faults));
        }
    }

    private SweepRun(
            SweepSubject subject, SweepCase what, Processes processes, Path directory, long seed)
            throws IOException {
        this.processes = processes;
        this.subject = subject;
        this.job = subject.job(directory);
        this.what = what;
        this.directory = directory;
        this.random = new Random(seed);
        this.reached = directory.resolve("reached");
        this.asked = new Asked(what, directory, random);
    }

    /**
     * @param directory empty, or not there
     */
    static Verdict run(
            SweepSubject subject, SweepCase what, Processes processes, Path directory, long seed)
            throws IOException {
        Files.createDirectories(directory);
        return new SweepRun(subject, what, processes, directory, seed).run(seed);
    }

    private Verdict run(long seed) throws IOException {
        if (what.topologies()) {
            Files.createFile(directory.resolve(SequencesProgram.TOPOLOGIES));
        }
        Prelude prelude = what.prelude(random);
        int parallelism = prelude == Prelude.RESCALED ? random.nextBoolean() ? 1 : 3 : PARALLELISM;
        String restoreFrom = prelude == Prelude.RESCALED ? rescale() : null;
        Map<String, String> options = what.options(parallelism);
        if (restoreFrom != null) {
            options.put("execution.state-recovery.path", restoreFrom);
        }
        preludeDone = prelude == Prelude.NOTHING || prelude == Prelude.RESCALED;
        toAsk = what.request() != Request.NONE;
        if (what.isOfTheEnd()) {
            hurry();
        }
        Path own = directory.resolve("application");
        List<String> faults = new ArrayList<>();
        List<Path> ended = new ArrayList<>(List.of(own));
        List<String> outcome;
        int leaders;
        try (Application application =
                new Application(processes, own, options, job, arming(prelude, parallelism))) {
            String result = follow(application, prelude, faults);
            Files.deleteIfExists(reached); // the job did not need whoever stands there
            if (!"FINISHED".equals(result)) {
                faults.add("the job ended as " + result);
            }
            if (!happened) {
                faults.add("nobody came to " + what.point());
            }
            awaitProcesses(application, faults);
            leaders = (int) application.epoch();
            outcome = application.outcome();
        }
        if (what.request() != Request.NONE) {
            faults.addAll(asked.faults(outcome));
        }
        String savepoint = Asked.goesOnFrom(what, outcome);
        if (savepoint != null) {
            ended.add(goOn(savepoint, faults));
        }
        boolean moves = what.rescaled() || what.request().rescales();
        faults.addAll(subject.faultsIn(job, what, dead, moves && what.unaligned()));
        for (Path application : ended) {
            for (Path file : SequencesJudge.filesIn(application.resolve("checkpoints"))) {
                faults.add("left behind: " + file);
            }
        }
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return new Verdict(what, seed, faults, leaders, seconds);
    }

    /** Another application starts from the savepoint that the job has ended with. */
    private Path goOn(String savepoint, List<String> faults) throws IOException {
        Path own = directory.resolve("application-after");
        Map<String, String> options = what.options(PARALLELISM);
        options.put("execution.state-recovery.path", savepoint);
        try (Application after = new Application(processes, own, options, job, Arming.NONE)) {
            String result = follow(after, Prelude.NOTHING, faults);
            if (!"FINISHED".equals(result)) {
                faults.add("the job from the savepoint ended as " + result);
            }
            awaitProcesses(after, faults);
        }
        return own;
    }

    /** An application at the usual parallelism dies whole; returns its latest checkpoint. */
    private String rescale() throws IOException {
        Path own = directory.resolve("application-before");
        Map<String, String> options = what.options(PARALLELISM);
        try (Application before = new Application(processes, own, options, job, Arming.NONE)) {
            while (completed(own) < CHECKPOINTS_BEFORE) {
                requireTime();
                if (before.turn() != null) {
                    throw new IllegalStateException("ended before its checkpoints: " + own);
                }
                pause();
            }
            before.killAll();
        }
        return latest(own);
    }

    /** What the pointer of a dead application's only job names: the newest manifest may be torn. */
    private String latest(Path own) throws IOException {
        Path ofJob;
        try (Stream<Path> jobs = Files.list(own.resolve("checkpoints"))) {
            ofJob = jobs.findFirst().orElseThrow();
        }
        String jobId = ofJob.getFileName().toString();
        dead.add(jobId);
        Pointer pointer =
                new FilePointerStore(
                                LocalFileSystem.getSharedInstance(),
                                new io.millrace.api.file.Path(own.resolve("pointers").toString()),
                                EPOCH_OF_NOBODY)
                        .read(jobId);
        List<CheckpointRecord> retained = pointer.retained();
        String manifest = retained.get(retained.size() - 1).manifest();
        return ofJob.resolve(manifest).getParent().toUri().toString();
    }

    private Arming arming(Prelude prelude, int parallelism) {
        String how = what.fault() == Fault.STORAGE_FAILS ? "fail" : "wait";
        String process;
        if (what.isOfWorker()) {
            int first =
                    switch (prelude) {
                        case NOTHING, RESCALED -> 1;
                        case WORKER_DIES -> 2; // one that lives on, or the one in place of the dead
                        case COORDINATOR_DIES -> PARALLELISM + 1;
                    };
            process = Application.worker(first + random.nextInt(Math.min(2, parallelism)));
        } else {
            process = Application.coordinatorOf(prelude == Prelude.COORDINATOR_DIES ? 2 : 1);
        }
        return new Arming(process, what.point(), what.passes(random), how, reached);
    }

    private String follow(Application application, Prelude prelude, List<String> faults)
            throws IOException {
        while (true) {
            String result = application.turn();
            if (result != null) {
                return result;
            }
            if (System.nanoTime() - beganNanos > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                application.printStacks();
                faults.add("hangs: no end after " + LIMIT_SECONDS + " s");
                return "nothing";
            }
            Path own = directory.resolve("application");
            if (toAsk && completed(own) >= CHECKPOINTS_BEFORE) {
                toAsk = false;
                asked.write(own);
            }
            if (!preludeDone && completed(own) >= CHECKPOINTS_BEFORE) {
                preludeDone = true;
                if (prelude == Prelude.COORDINATOR_DIES) {
                    application.killCoordinator();
                } else {
                    application.killWorker(Application.worker(1));
                }
            }
            inject(application);
            pause();
        }
    }

    private void inject(Application application) throws IOException {
        if (!happened && Files.exists(reached)) {
            happened = true;
            if (!what.isOfTheEnd()) {
                hurry();
            }
            standing = what.fault() != Fault.STORAGE_FAILS;
            letGoAtNanos = System.nanoTime();
            switch (what.fault()) {
                case WORKER_DIES -> application.killWorker(victim());
                case COORDINATOR_DIES -> application.killCoordinator();
                case BOTH_DIE -> {
                    application.killCoordinator();
                    application.killWorker(victim());
                }
                case DELAY -> letGoAtNanos += TimeUnit.MILLISECONDS.toNanos(what.standsMs());
                case STORAGE_FAILS -> {}
            }
        }
        if (standing && System.nanoTime() >= letGoAtNanos) {
            standing = false;
            Files.deleteIfExists(reached); // whoever has not died there goes on
        }
    }

    /** From now on the job ends as soon as it can. */
    private void hurry() throws IOException {
        Files.createFile(directory.resolve(SequencesProgram.HURRY));
    }

    private String victim() {
        return Application.worker(1 + random.nextInt(PARALLELISM));
    }

    private void awaitProcesses(Application application, List<String> faults) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!application.living().isEmpty()) {
            if (System.nanoTime() > deadline) {
                faults.add("processes that do not end: " + application.living());
                return;
            }
            pause();
        }
    }

    private void requireTime() {
        if (System.nanoTime() - beganNanos > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
            throw new IllegalStateException("no checkpoints after " + LIMIT_SECONDS + " s");
        }
    }

    /**
     * How many whole manifests there are with state in them: none of these checkpoints but the last
     * one lacks its pointer. Ids tell nothing, since those of checkpoints that were given up are
     * not used again.
     */
    private long completed(Path application) throws IOException {
        long count = 0;
        for (Path manifest : manifests(application)) {
            if (withState.contains(manifest) || hasState(manifest)) {
                withState.add(manifest);
                count++;
            }
        }
        return count;
    }

    private static boolean hasState(Path manifest) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(manifest);
            return ManifestCodec.decode(bytes, manifest).totalBytes() >= STATE_BYTES;
        } catch (NoSuchFileException | MillraceException e) {
            return false; // dropped by now; or not whole yet
        }
    }

    private static List<Path> manifests(Path application) throws IOException {
        Path checkpoints = application.resolve("checkpoints");
        if (!Files.exists(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith("manifest")).toList();
        } catch (java.io.UncheckedIOException e) {
            return List.of(); // a checkpoint was being deleted; look again
        }
    }

    /** Processes are watched in turns, not listened to. */
    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
    }
}

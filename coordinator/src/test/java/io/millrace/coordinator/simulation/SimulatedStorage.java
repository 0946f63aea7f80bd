package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.PointerCodec;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Where checkpoints lie: files that any process reads and writes, and pointers that only the newest
 * epoch writes. Outlives every process; each step of a leader's work on it is one event, and the
 * leader may die between any two.
 */
final class SimulatedStorage {
    private final Simulation world;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final TreeMap<String, Long> uselessSinceMs = new TreeMap<>();
    private final TreeSet<String> abandoned = new TreeSet<>();
    private final TreeSet<String> strays = new TreeSet<>();
    private final TreeSet<String> damaged = new TreeSet<>();
    private final TreeMap<String, byte[]> pointers = new TreeMap<>();
    private final TreeSet<String> forgotten = new TreeSet<>();
    private long epoch;

    SimulatedStorage(Simulation world) {
        this.world = world;
    }

    /** A leader has been elected: older ones write no pointer any more. */
    void elected(long newest) {
        epoch = newest;
    }

    // ---- files

    static String path(JobId job, String file) {
        return LeftCheckpoint.isLeft(file) ? file : job.hex() + "/" + file;
    }

    /** What a job that has ended has left is there from the beginning. */
    void leave(SimulatedJob job) {
        if (job.startsFromLeft()) {
            files.putAll(LeftCheckpoint.filesFor(job));
        }
    }

    void writeSegments(JobId job, String file, byte[] bytes) {
        String path = path(job, file);
        if (!forgotten.contains(job.hex())) {
            if (files.put(path, bytes) != null) {
                throw new InvariantBroken("files are written once", path);
            }
            if (abandoned.contains(path.substring(0, path.lastIndexOf('/')))) {
                strays.add(path); // by a worker that was lost: nobody will hear of it
            }
        }
    }

    boolean exists(JobId job, String file) {
        return files.containsKey(path(job, file));
    }

    boolean isThere(String path) {
        return files.containsKey(path);
    }

    boolean isDamaged(JobId job, String file) {
        return damaged.contains(path(job, file));
    }

    /**
     * The content of a part; null if a file of it is gone or broken.
     *
     * @param known some lie in a manifest, and are read here
     */
    byte[] read(JobId job, StatePart part, List<StoredFile> known) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Piece piece : part.pieces()) {
            SegmentRef segment = ((Piece.Stored) piece).segment();
            byte[] file = file(job, segment.file(), known);
            if (file == null || isDamaged(job, segment.file()) || segment.end() > file.length) {
                return null;
            }
            byte[] bytes = Arrays.copyOfRange(file, (int) segment.offset(), (int) segment.end());
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            if ((int) crc.getValue() != segment.crc32c()) {
                return null;
            }
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private byte[] file(JobId job, String name, List<StoredFile> known) {
        return known.stream()
                .filter(one -> one.isInManifest() && one.file().equals(name))
                .map(StoredFile::content)
                .findFirst()
                .orElse(files.get(path(job, name)));
    }

    /** Whether a part has exactly this content; a task knows that without reading. */
    boolean isContent(JobId job, StatePart part, List<StoredFile> known, byte[] bytes) {
        byte[] content = read(job, part, known);
        return content != null && Arrays.equals(content, bytes);
    }

    /** Flips a bit of some file; mostly of the latest checkpoint of some job. */
    void damage(int target) {
        List<String> all = List.copyOf(files.keySet());
        List<String> jobs = List.copyOf(pointers.keySet());
        if (target % 4 > 0 && !jobs.isEmpty()) {
            JobId job = new JobId(jobs.get(target % jobs.size()));
            List<CheckpointRecord> retained = pointer(job).retained();
            Manifest latest = manifest(job, retained.get(retained.size() - 1));
            if (latest != null) {
                List<String> named = new ArrayList<>();
                named.add(path(job, retained.get(retained.size() - 1).manifest()));
                latest.files().forEach(file -> named.add(path(job, file.file())));
                all = named.stream().filter(files::containsKey).toList();
            }
        }
        if (!all.isEmpty()) {
            String path = all.get(target % all.size());
            if (LeftCheckpoint.isLeft(path)) {
                world.saw(Sighting.WHAT_WAS_LEFT_IS_DAMAGED);
            }
            world.trace("damaged " + path);
            damaged.add(path);
        }
    }

    /**
     * Files of this epoch that no pointer of the job has needed for so long.
     *
     * @param newestPart of the epoch, which later checkpoints may share
     */
    List<String> leaked(JobId job, long longerThanMs, TreeSet<String> needed, long newestPart) {
        List<String> leaked = new ArrayList<>();
        TreeSet<Long> parts = new TreeSet<>(); // which go as a whole
        needed.stream()
                .filter(path -> path.startsWith(job.hex()))
                .forEach(path -> parts.add(partOf(path)));
        for (String path : files.keySet()) {
            if (!path.startsWith(job.hex()) || EpochParts.epochOf(partOf(path)) != epoch) {
                continue;
            }
            long part = partOf(path);
            if (part >= newestPart || parts.contains(part)) {
                uselessSinceMs.remove(path);
            } else if (!strays.contains(path)) {
                long since = uselessSinceMs.computeIfAbsent(path, p -> world.agenda().nowMs());
                if (world.agenda().nowMs() - since > longerThanMs) {
                    leaked.add(path);
                }
            }
        }
        return leaked;
    }

    /** The number behind the job in a path. */
    private static long partOf(String path) {
        return Long.parseLong(path.split("/")[1]);
    }

    private static String directoryOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** Whether a file is there because others in its directory are needed, or is needed so. */
    private boolean keepsFilesOfADropped(JobId job) {
        Pointer pointer = pointer(job);
        TreeSet<String> retained = new TreeSet<>();
        if (pointer != null) {
            pointer.retained().forEach(r -> retained.add(directoryOf(path(job, r.manifest()))));
        }
        return world.checkpointOracle().needed(job, pointer).stream()
                .filter(path -> path.startsWith(job.hex()))
                .anyMatch(path -> !retained.contains(directoryOf(path)));
    }

    List<String> filesOf(JobId job) {
        return files.keySet().stream().filter(path -> path.startsWith(job.hex())).toList();
    }

    // ---- what a leader does

    Pointer pointer(JobId job) {
        byte[] bytes = pointers.get(job.hex());
        return bytes == null ? null : PointerCodec.decode(bytes, "pointer");
    }

    /** Null if it is damaged. */
    Manifest manifest(JobId job, CheckpointRecord record) {
        byte[] bytes = files.get(path(job, record.manifest()));
        return bytes == null || isDamaged(job, record.manifest())
                ? null
                : ManifestCodec.decode(bytes, record.manifest());
    }

    void read(CoordinatorProcess process, Effect.ReadCheckpoints effect) {
        step(process, () -> process.deliver(found(process, effect)));
    }

    private Event found(CoordinatorProcess process, Effect.ReadCheckpoints effect) {
        JobId job = effect.graph().jobId();
        if (world.storageFails()) {
            world.saw(Sighting.CHECKPOINTS_COULD_NOT_BE_READ);
            return new Event.CheckpointsRead(job, null, List.of(), failure("no answer"));
        }
        Pointer pointer = pointer(job);
        List<Event.FoundCheckpoint> found = new ArrayList<>();
        boolean allRead = true;
        if (pointer != null) {
            for (CheckpointRecord record : pointer.retained()) {
                Manifest manifest = manifest(job, record);
                allRead &= manifest != null;
                found.add(
                        new Event.FoundCheckpoint(
                                record,
                                manifest,
                                manifest != null
                                        ? null
                                        : new FailureReport(
                                                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                                                "manifest " + record.manifest(),
                                                "",
                                                null)));
            }
        }
        if (allRead && pointer != null && process.epoch() == epoch) {
            deleteOrphans(job, pointer);
        }
        if (pointer == null && effect.from() != null) {
            return left(process, job);
        }
        return new Event.CheckpointsRead(job, pointer, found, null);
    }

    /** The checkpoint that a job starts from, while it has none of its own. */
    private Event left(CoordinatorProcess process, JobId job) {
        CheckpointRecord record = LeftCheckpoint.record(job.hex());
        if (!exists(job, record.manifest())) {
            if (process.epoch() < epoch && world.journal().ended(job) != null) {
                // Another leader has brought the job to its end, and this one has slept over it.
                return new Event.CheckpointsRead(
                        job,
                        null,
                        List.of(),
                        new FailureReport(
                                ErrorCode.CHECKPOINT_NOT_FOUND, record.manifest(), "", null));
            }
            throw new InvariantBroken(
                    "I6 what is claimed goes when it is not needed", record.manifest());
        }
        Manifest manifest = manifest(job, record);
        if (manifest == null) {
            return new Event.CheckpointsRead(
                    job,
                    null,
                    List.of(),
                    new FailureReport(
                            ErrorCode.CHECKPOINT_FILE_CORRUPT, record.manifest(), "", null));
        }
        return new Event.CheckpointsRead(
                job, null, List.of(new Event.FoundCheckpoint(record, manifest, null)), null);
    }

    /** A leader removes what its job has claimed; what the older checkpoint needs stays. */
    void release(CoordinatorProcess process, Effect.ReleaseClaimed effect) {
        world.checkpointOracle().onReleaseAsked(effect.jobId());
        step(
                process,
                () -> {
                    world.checkpointOracle().onRelease(effect.jobId(), effect.path());
                    String claimed = effect.path();
                    if (files.containsKey(claimed)) {
                        world.saw(Sighting.CLAIMED_CHECKPOINT_WAS_REMOVED);
                    } else {
                        world.saw(Sighting.CLAIMED_CHECKPOINT_WAS_REMOVED_TWICE);
                    }
                    String directory = claimed.substring(0, claimed.lastIndexOf('/') + 1);
                    files.keySet().removeIf(path -> path.startsWith(directory));
                });
    }

    /** What earlier epochs have left. */
    private void deleteOrphans(JobId job, Pointer pointer) {
        TreeSet<String> needed = world.checkpointOracle().needed(job, pointer);
        files.keySet()
                .removeIf(
                        path ->
                                path.startsWith(job.hex() + "/")
                                        && epochOf(path) < epoch
                                        && !needed.contains(path));
    }

    private static long epochOf(String path) {
        return Long.parseLong(path.split("/")[1]);
    }

    void store(CoordinatorProcess process, Effect.StoreCheckpoint effect) {
        Manifest manifest = effect.manifest();
        JobId job = effect.graph().jobId();
        String name = manifest.epoch() + "/" + manifest.checkpointId() + "/manifest";
        step(
                process,
                () -> {
                    if (world.storageFails()) {
                        answer(process, job, manifest, null, failure("no space"));
                        return;
                    }
                    byte[] bytes = ManifestCodec.encode(manifest);
                    files.put(path(job, name), bytes);
                    CheckpointRecord record =
                            new CheckpointRecord(
                                    manifest.checkpointId(),
                                    manifest.epoch(),
                                    name,
                                    bytes.length,
                                    0);
                    List<CheckpointRecord> retained = new ArrayList<>(effect.keep());
                    retained.add(record);
                    Pointer pointer =
                            new Pointer(
                                    job.hex(),
                                    effect.graph().name(),
                                    "/checkpoints/" + job.hex(),
                                    effect.highestId(),
                                    retained);
                    step(process, () -> point(process, job, manifest, pointer, record));
                });
    }

    /** One transaction; its answer may be lost, and then only what is there tells. */
    private void point(
            CoordinatorProcess process,
            JobId job,
            Manifest manifest,
            Pointer pointer,
            CheckpointRecord record) {
        if (process.epoch() < epoch && world.bug() != Bug.STALE_EPOCH_WRITES_POINTER) {
            world.saw(Sighting.OLD_LEADER_COULD_NOT_WRITE_ITS_POINTER);
            process.crash("fenced by the pointer");
            return;
        }
        boolean lost = world.pointerRepliesAreLost();
        boolean applied = !lost || world.dice().percent(50);
        if (applied) {
            pointers.put(job.hex(), PointerCodec.encode(pointer));
            world.checkpointOracle().onPointer(process, job, pointer, manifest);
        }
        if (!lost) {
            step(process, () -> answer(process, job, manifest, record, null));
        } else if (world.dice().percent(30)) {
            world.saw(Sighting.POINTER_IN_DOUBT_ENDED_ITS_LEADER);
            process.crash("nobody can tell whether the pointer was written");
        } else {
            world.saw(
                    applied
                            ? Sighting.LOST_REPLY_FOUND_WRITTEN
                            : Sighting.LOST_REPLY_FOUND_NOT_WRITTEN);
            boolean told = applied && world.bug() != Bug.POINTER_REPLY_GUESSED;
            step(
                    process,
                    () ->
                            answer(
                                    process,
                                    job,
                                    manifest,
                                    told ? record : null,
                                    told ? null : failure("the pointer was not written")));
        }
    }

    private static void answer(
            CoordinatorProcess process,
            JobId job,
            Manifest manifest,
            CheckpointRecord record,
            FailureReport failure) {
        process.deliver(new Event.CheckpointStored(job, manifest.checkpointId(), record, failure));
    }

    void delete(CoordinatorProcess process, Effect.DeleteCheckpointFiles effect) {
        JobId job = effect.graph().jobId();
        step(
                process,
                () -> {
                    for (long id : effect.abandoned()) {
                        String directory = EpochParts.of(process.epoch(), id) + "/" + id;
                        abandoned.add(path(job, directory));
                        deleteBelow(job, directory);
                    }
                    Garbage garbage = effect.garbage();
                    garbage.directories().forEach(directory -> deleteBelow(job, directory));
                    garbage.files().forEach(file -> files.remove(path(job, file)));
                    world.checkpointOracle().onGarbage(job, garbage);
                    if (!garbage.directories().isEmpty()) {
                        world.saw(Sighting.CHECKPOINT_WAS_DROPPED);
                    }
                    if (keepsFilesOfADropped(job)) {
                        world.saw(Sighting.FILES_OF_AN_OLDER_CHECKPOINT_WERE_KEPT);
                    }
                    world.checkpointOracle().checkFiles(job);
                });
    }

    private void deleteBelow(JobId job, String directory) {
        files.keySet().removeIf(path -> path.startsWith(path(job, directory) + "/"));
    }

    void forget(CoordinatorProcess process, Effect.ForgetCheckpoints effect) {
        JobId job = effect.graph().jobId();
        step(
                process,
                () -> {
                    pointers.remove(job.hex());
                    files.keySet().removeIf(path -> path.startsWith(job.hex() + "/"));
                    forgotten.add(job.hex());
                });
    }

    boolean isForgotten(JobId job) {
        return forgotten.contains(job.hex());
    }

    private void step(CoordinatorProcess process, Runnable action) {
        int delayMs = world.dice().between(1, world.storageIsSlow() ? 5_000 : 150);
        world.agenda().after(delayMs, () -> process.whenAwake(action));
    }

    private static FailureReport failure(String why) {
        return new FailureReport(ErrorCode.STORAGE_FAILED, why, "", null);
    }
}

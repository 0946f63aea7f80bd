package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.FailureReport;
import java.util.List;
import java.util.TreeMap;

/** Where savepoints lie: directories of their own, which outlive every process. */
final class SimulatedSavepoints {
    private final Simulation world;
    private final Dice dice;
    private final TreeMap<String, TreeMap<String, byte[]>> files = new TreeMap<>();
    private final TreeMap<String, byte[]> manifests = new TreeMap<>();
    private int drawn;

    SimulatedSavepoints(Simulation world, long seed) {
        this.world = world;
        this.dice = new Dice(seed, "savepoints");
    }

    /** Null if there is no whole one. */
    Manifest at(String path) {
        byte[] manifest = manifests.get(path);
        if (manifest == null) {
            return null;
        }
        Manifest read = ManifestCodec.decode(manifest, path);
        return areThere(path, read) ? read : null;
    }

    private boolean areThere(String path, Manifest manifest) {
        TreeMap<String, byte[]> there = files.getOrDefault(path, new TreeMap<>());
        return manifest.files().stream().map(StoredFile::file).allMatch(there::containsKey);
    }

    /** The bytes of a file of a whole one. */
    byte[] file(String path, String file) {
        return files.get(path).get(file);
    }

    void writeSegments(String path, String file, byte[] bytes) {
        if (files.computeIfAbsent(path, p -> new TreeMap<>()).put(file, bytes) != null) {
            throw new InvariantBroken("files are written once", path + "/" + file);
        }
    }

    void place(CoordinatorProcess process, Effect.PlaceSavepoint effect) {
        step(
                process,
                () -> {
                    boolean fails = world.storageFails();
                    String path = effect.target() + "/savepoint-" + ++drawn;
                    process.deliver(
                            new Event.SavepointPlaced(
                                    effect.jobId(),
                                    effect.operationId(),
                                    fails ? null : path,
                                    fails ? failure("read-only") : null));
                });
    }

    void store(CoordinatorProcess process, Effect.StoreSavepoint effect) {
        Manifest manifest = effect.manifest();
        step(
                process,
                () -> {
                    boolean fails = world.storageFails() || !areThere(effect.path(), manifest);
                    if (!fails) {
                        manifests.put(effect.path(), ManifestCodec.encode(manifest));
                        world.operationOracle().onSavepoint(effect.jobId(), effect.path());
                    }
                    step(
                            process,
                            () ->
                                    process.deliver(
                                            new Event.SavepointStored(
                                                    effect.jobId(),
                                                    manifest.checkpointId(),
                                                    fails ? failure("no space") : null)));
                });
    }

    void find(CoordinatorProcess process, Effect.FindSavepoint effect) {
        step(
                process,
                () -> {
                    boolean fails = world.storageFails();
                    process.deliver(
                            new Event.SavepointFound(
                                    effect.jobId(),
                                    effect.operationId(),
                                    !fails && at(effect.path()) != null,
                                    fails ? failure("no answer") : null));
                });
    }

    void discard(CoordinatorProcess process, Effect.DiscardSavepoint effect) {
        step(
                process,
                () -> {
                    manifests.remove(effect.path());
                    files.remove(effect.path());
                });
    }

    private void step(CoordinatorProcess process, Runnable action) {
        int delayMs = dice.between(1, world.storageIsSlow() ? 5_000 : 400);
        // One thing after another, as on the thread of savepoints.
        long atMs = process.afterSavepointStep(world.agenda().nowMs() + delayMs);
        world.agenda().at(atMs, () -> process.whenAwake(action));
    }

    private static FailureReport failure(String why) {
        return new FailureReport(ErrorCode.STORAGE_FAILED, why, "", null);
    }

    List<String> paths() {
        return List.copyOf(manifests.keySet());
    }
}

package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.StoredFile;

/** Checkpoints as JSON, for scripts. Pure. */
final class CheckpointJson {
    private CheckpointJson() {}

    static ObjectNode of(JobCheckpoints job) {
        ObjectNode node = ApplicationJson.JSON.createObjectNode();
        node.put("jobId", job.directory().jobId().hex())
                .put("jobName", job.jobName())
                .put("owner", job.owner())
                .put("path", job.directory().path().toString());
        ArrayNode entries = node.putArray("checkpoints");
        for (JobCheckpoints.Entry entry : job.entries()) {
            ObjectNode one = entries.addObject();
            one.put("state", entry.state().name());
            identity(one, entry.checkpoint());
            if (!entry.problem().isEmpty()) {
                one.put("problem", entry.problem());
            }
            if (entry.manifestOrNull() != null) {
                sizes(one, entry.manifestOrNull());
            }
        }
        return node;
    }

    static void identity(ObjectNode node, SavedCheckpoint checkpoint) {
        node.put("epoch", EpochParts.epochOf(checkpoint.epoch()))
                .put("checkpointId", checkpoint.checkpointId())
                .put("path", checkpoint.path().toString());
    }

    private static void sizes(ObjectNode node, Manifest manifest) {
        node.put("kind", manifest.kind().name())
                .put("triggeredAtMs", manifest.triggeredAtMs())
                .put("files", manifest.filesOnStorage())
                .put("totalBytes", manifest.totalBytes())
                .put("ownBytes", ownBytes(manifest));
    }

    /**
     * Of what it has written itself, files or not; the others are shared with checkpoints before.
     */
    static long ownBytes(Manifest manifest) {
        String own = manifest.epoch() + "/" + manifest.checkpointId() + "/";
        return manifest.files().stream()
                .filter(file -> file.file().startsWith(own))
                .mapToLong(StoredFile::length)
                .sum();
    }

    static ObjectNode of(SavedCheckpoint checkpoint, Manifest manifest) {
        ObjectNode node = ApplicationJson.JSON.createObjectNode();
        node.put("jobId", manifest.jobId()).put("jobName", manifest.jobName());
        identity(node, checkpoint);
        sizes(node, manifest);
        ArrayNode operators = node.putArray("operators");
        for (Manifest.OperatorEntry operator : manifest.operators()) {
            ObjectNode one = operators.addObject();
            one.put("id", operator.id())
                    .put("name", operator.name())
                    .put("parallelism", operator.parallelism())
                    .put("maxParallelism", operator.maxParallelism())
                    .put(
                            "finished",
                            operator.subtasks().stream()
                                    .filter(Manifest.SubtaskEntry::finished)
                                    .count());
            ArrayNode states = one.putArray("states");
            for (StateSummary state : StateSummary.of(operator)) {
                states.addObject()
                        .put("kind", state.kind().name())
                        .put("name", state.name())
                        .put("form", state.form())
                        .put("subtasks", state.subtasks())
                        .put("bytes", state.bytes());
            }
        }
        ArrayNode enumerators = node.putArray("sources");
        manifest.enumerators()
                .forEach(
                        one ->
                                enumerators
                                        .addObject()
                                        .put("operatorId", one.operatorId())
                                        .put("version", one.version())
                                        .put("bytes", one.state().length));
        ArrayNode committables = node.putArray("committables");
        manifest.committables()
                .forEach(
                        one ->
                                committables
                                        .addObject()
                                        .put("operatorId", one.operatorId())
                                        .put("subtask", one.committables().subtask())
                                        .put("count", one.committables().committables().size()));
        ArrayNode files = node.putArray("storedFiles");
        for (StoredFile file : manifest.files()) {
            files.addObject()
                    .put("file", file.file())
                    .put("length", file.length())
                    .put("inManifest", file.isInManifest());
        }
        return node;
    }
}

package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.savepoint.catalogue.CatalogueEntry;

/** Savepoints that were found as JSON, for scripts. Pure. */
final class CatalogueJson {
    private CatalogueJson() {}

    static void entry(ObjectNode node, CatalogueEntry entry) {
        node.put("id", entry.id())
                .put("path", entry.path().toString())
                .put("form", entry.form().name())
                .put("state", entry.state().name())
                .put("jobId", entry.jobId())
                .put("jobName", entry.jobName());
        if (entry.isComplete()) {
            node.put("epoch", entry.epoch())
                    .put("checkpointId", entry.checkpointId())
                    .put("triggeredAtMs", entry.triggeredAtMs())
                    .put("bytes", entry.bytes())
                    .put("operators", entry.operators());
        }
        node.put("pinned", entry.marks().pinned());
        entry.marks().tags().forEach(node.putArray("tags")::add);
        if (!entry.problem().isEmpty()) {
            node.put("problem", entry.problem());
        }
    }
}

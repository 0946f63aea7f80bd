package io.millrace.runtime.plan;

import io.millrace.api.graph.CachedFile;
import java.util.List;
import java.util.Map;

/**
 * What travels with a job beside its vertices. Immutable; the array is never written to.
 *
 * @param parameters the program's {@code GlobalJobParameters} by Java serialization; null if there
 *     are none
 * @param slotGroups what slot sharing groups say they need, for people, by group
 */
public record JobAttachments(
        byte[] parameters, List<CachedFile> cachedFiles, Map<String, String> slotGroups) {

    public static final JobAttachments NONE = new JobAttachments(null, List.of(), Map.of());

    public JobAttachments {
        cachedFiles = List.copyOf(cachedFiles);
        slotGroups = Map.copyOf(slotGroups);
    }
}

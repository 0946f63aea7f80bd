package io.millrace.api.graph;

import io.millrace.api.stream.ExecutionConfig.GlobalJobParameters;
import io.millrace.api.stream.SlotSharingGroup;
import java.util.List;

/**
 * What travels with a program beside its operators and options. Immutable, but for the parameters,
 * which are the program's own object.
 *
 * @param parameters null if the program registered none
 * @param cachedFiles in the order of registration; each name once
 * @param slotSharingGroups those that say what they need; each name once
 */
public record Attachments(
        GlobalJobParameters parameters,
        List<CachedFile> cachedFiles,
        List<SlotSharingGroup> slotSharingGroups) {

    public static final Attachments NONE = new Attachments(null, List.of(), List.of());

    public Attachments {
        cachedFiles = List.copyOf(cachedFiles);
        slotSharingGroups = List.copyOf(slotSharingGroups);
    }
}

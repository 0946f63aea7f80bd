package io.millrace.runtime.state;

import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.nio.file.Path;
import java.util.List;

/**
 * What a back end is made from. Immutable.
 *
 * @param operator its name, for messages
 * @param keys the serializer of the keys
 * @param firstKeyGroup of the subtask
 * @param lastKeyGroup inclusive
 * @param maxParallelism the number of key groups of the operator
 * @param config of the job
 * @param directory local, of this operator and attempt alone; may not exist yet; removed by the
 *     task
 * @param serializers to read what was written with other classes
 * @param restored parts of the kind {@code KEYED}; of key groups of others, too
 * @param segments reads their files
 */
public record KeyedBackendRequest(
        String operator,
        Serializer<Object> keys,
        int firstKeyGroup,
        int lastKeyGroup,
        int maxParallelism,
        Config config,
        Path directory,
        JobSerializers serializers,
        List<RestoredPart> restored,
        SegmentSource segments) {
    public KeyedBackendRequest {
        restored = List.copyOf(restored);
    }

    public int keyGroups() {
        return lastKeyGroup - firstKeyGroup + 1;
    }
}

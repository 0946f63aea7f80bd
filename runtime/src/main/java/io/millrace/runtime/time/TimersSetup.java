package io.millrace.runtime.time;

import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/**
 * What an operator's timers are made from. Immutable.
 *
 * @param operator its name, for messages
 * @param name unique among the timers of the operator
 * @param keys the serializer of the keys
 * @param namespaces of what a key's timers are divided by; null if by nothing
 * @param firstKeyGroup of the subtask
 * @param lastKeyGroup inclusive
 * @param maxParallelism the number of key groups of the operator
 * @param serializers to read what was written with other classes
 * @param incremental whether checkpoints may refer to the files of what is restored
 * @param restored parts of the operator; those of other kinds and names are left alone
 * @param segments reads their files
 */
public record TimersSetup(
        String operator,
        String name,
        Serializer<Object> keys,
        Serializer<Object> namespaces,
        int firstKeyGroup,
        int lastKeyGroup,
        int maxParallelism,
        JobSerializers serializers,
        boolean incremental,
        List<RestoredPart> restored,
        SegmentSource segments) {
    public TimersSetup {
        restored = List.copyOf(restored);
    }
}

package io.millrace.runtime.operator;

import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.UnclaimedParts;
import io.millrace.runtime.time.KeyedTimers;
import io.millrace.runtime.time.TimersSetup;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The timers of one operator's keys, by name; those of a checkpoint that the program has not asked
 * for go on as they are. Confined to the task.
 */
final class TimersOfKeys {
    private final OperatorContext context;
    private final JobSerializers serializers;
    private final Serializer<Object> keySerializer;
    private final List<RestoredPart> restored;
    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private final Map<String, KeyedTimers> timers = new LinkedHashMap<>();
    private boolean open;
    private UnclaimedParts unclaimed; // null until a checkpoint begins, or they are asked for

    /**
     * @param restored what the checkpoint has of timers
     * @param lastKeyGroup inclusive
     */
    TimersOfKeys(
            OperatorContext context,
            JobSerializers serializers,
            Serializer<Object> keySerializer,
            List<RestoredPart> restored,
            int firstKeyGroup,
            int lastKeyGroup) {
        this.context = context;
        this.serializers = serializers;
        this.keySerializer = keySerializer;
        this.restored = restored;
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
    }

    /**
     * @param name unique among the operator's timers
     * @param namespaces null if the timers have none
     * @param incremental whether a checkpoint may refer to files of earlier ones
     */
    KeyedTimers add(
            KeyedTimers.Target target,
            String name,
            Serializer<Object> namespaces,
            boolean incremental) {
        KeyedTimers made =
                new KeyedTimers(
                        target,
                        context.keysComeOnce() ? null : context.processingTimers(),
                        new TimersSetup(
                                context.name(),
                                name,
                                keySerializer,
                                namespaces,
                                firstKeyGroup,
                                lastKeyGroup,
                                context.scope().vertex().maxParallelism(),
                                serializers,
                                incremental,
                                unclaimed().named(name),
                                context.segments()));
        timers.put(name, made);
        if (open) {
            restore(name, made);
        }
        return made;
    }

    /** Called before the operator opens its functions. */
    void open() {
        open = true;
        timers.forEach(this::restore);
    }

    private void restore(String name, KeyedTimers made) {
        made.restore();
        unclaimed().claimed(name);
    }

    private UnclaimedParts unclaimed() {
        if (unclaimed == null) {
            unclaimed =
                    new UnclaimedParts(restored, firstKeyGroup, lastKeyGroup, context.segments());
        }
        return unclaimed;
    }

    /** At a barrier. */
    void snapshot(SnapshotTurn turn) {
        for (KeyedTimers each : timers.values()) {
            turn.addLater(each.freeze(turn.checkpointId(), turn.kind()));
        }
        if (!unclaimed().isEmpty()) {
            turn.addLater(frozen(unclaimed.freeze(turn.checkpointId(), turn.kind())));
        }
    }

    private static FrozenState frozen(UnclaimedParts.Frozen unclaimed) {
        return new FrozenState() {
            @Override
            public List<StatePart> writeTo(SegmentOutput out) throws IOException {
                return unclaimed.writeTo(out);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    void checkpointEnded(long checkpointId, boolean complete) {
        if (complete) {
            timers.values().forEach(each -> each.onComplete(checkpointId));
            unclaimed().onComplete(checkpointId);
        } else {
            timers.values().forEach(each -> each.onAborted(checkpointId));
            unclaimed().onAborted(checkpointId);
        }
    }
}

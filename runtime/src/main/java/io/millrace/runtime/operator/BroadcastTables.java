package io.millrace.runtime.operator;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.runtime.state.unkeyed.UnkeyedStates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broadcast states of one operator, by name. Confined to its task. */
final class BroadcastTables {
    private final Map<String, BroadcastState<?, ?>> tables = new HashMap<>();

    BroadcastTables(List<MapStateDescriptor<?, ?>> descriptors, UnkeyedStates states) {
        for (MapStateDescriptor<?, ?> descriptor : descriptors) {
            tables.put(descriptor.getName(), states.getBroadcastState(descriptor));
        }
    }

    @SuppressWarnings("unchecked") // the types are those of the descriptor with this name
    <K, V> BroadcastState<K, V> of(MapStateDescriptor<K, V> descriptor) {
        BroadcastState<?, ?> table = tables.get(descriptor.getName());
        if (table == null) {
            throw new IllegalArgumentException(
                    "There is no broadcast state '"
                            + descriptor.getName()
                            + "', but "
                            + tables.keySet().stream().sorted().toList()
                            + ". Give its descriptor to broadcast() too.");
        }
        return (BroadcastState<K, V>) table;
    }
}

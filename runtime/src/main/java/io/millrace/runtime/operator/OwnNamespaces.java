package io.millrace.runtime.operator;

import io.millrace.api.operator.VoidNamespaceSerializer;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.user.NamespacedStates;
import io.millrace.runtime.state.user.NamespacedTables;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The states that a program's own operator divides by namespaces, by their names. Confined to the
 * task.
 */
final class OwnNamespaces {
    private static final String PREFIX = "in-namespaces:";

    private final KeyedScope keys;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Store> stores = new TreeMap<>();
    private final Map<State, State> wrapped = new IdentityHashMap<>(); // by the state without

    /** Each state has a current namespace of its own. */
    private record Store(NamespacedTables tables, KeyedStateStore states) {}

    OwnNamespaces(KeyedScope keys) {
        this.keys = keys;
    }

    /** The same name gives the same state, which also is an {@code InternalKvState}. */
    @SuppressWarnings("unchecked") // the wrapper is of the state's kind
    <S extends State> S state(
            TypeSerializer<?> namespaces,
            StateDescriptor<S, ?> descriptor,
            ExecutionConfig config) {
        if (asked.add(descriptor.getName())) { // operators ask with each record
            descriptor.initializeSerializerUnlessSet(config);
        }
        if (namespaces instanceof VoidNamespaceSerializer) {
            return (S) wrapped(descriptor.in(keys.states()), namespace -> {});
        }
        Store store = stores.computeIfAbsent(descriptor.getName(), name -> store(namespaces));
        return (S) wrapped(descriptor.in(store.states()), store.tables()::setNamespace);
    }

    private State wrapped(State state, Consumer<Object> setter) {
        return wrapped.computeIfAbsent(state, each -> NamespacedStates.of(each, setter));
    }

    private Store store(TypeSerializer<?> namespaces) {
        Serializer<Object> serializer = keys.serializers().of(typeOf(namespaces));
        NamespacedTables tables = keys.tablesBy(PREFIX, serializer);
        return new Store(tables, keys.statesIn(tables));
    }

    /** As that of a state's values is found. */
    private static TypeInformation<?> typeOf(TypeSerializer<?> serializer) {
        return new ValueStateDescriptor<>(PREFIX, serializer).typeInformation();
    }
}

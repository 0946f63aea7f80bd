package io.millrace.runtime.state.user;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.state.StateTtlConfig.IncrementalCleanupStrategy;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.TableSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The states of one operator's keys, by name. Confined to the task. */
public final class UserStates implements KeyedStateStore {
    private final String operator;
    private final String backendName;
    private final JobSerializers serializers;
    private final LongSupplier clockMs;
    private final NamespacedTables tables;
    private final Map<String, Known> known = new HashMap<>();

    /** A state that was asked for. */
    private record Known(StateDescriptor.Type type, State state) {}

    /**
     * @param operator its name, for messages
     * @param backend makes it when the first state is asked for
     * @param clockMs of what expires, milliseconds since the epoch
     */
    public UserStates(
            String operator,
            String backendName,
            Supplier<KeyedBackend> backend,
            JobSerializers serializers,
            LongSupplier clockMs) {
        this(operator, backendName, serializers, clockMs, new NamespacedTables(backend, "", null));
    }

    /**
     * @param tables where the states are; they belong to its current namespace
     */
    public UserStates(
            String operator,
            String backendName,
            JobSerializers serializers,
            LongSupplier clockMs,
            NamespacedTables tables) {
        this.operator = operator;
        this.backendName = backendName;
        this.tables = tables;
        this.serializers = serializers;
        this.clockMs = clockMs;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return state(
                descriptor,
                unused ->
                        expires(descriptor)
                                ? new ExpiringValueState<>(
                                        descriptor,
                                        expiring(descriptor, descriptor.typeInformation()))
                                : values(descriptor));
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return state(
                descriptor,
                unused ->
                        expires(descriptor)
                                ? new ExpiringListState<>(
                                        expiry(descriptor),
                                        list(descriptor, Expiry.stamped(descriptor.elementType())))
                                : list(descriptor, descriptor.elementType()));
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return state(
                descriptor,
                unused ->
                        expires(descriptor)
                                ? new ExpiringReducingState<>(
                                        descriptor.getReduceFunction(),
                                        expiring(descriptor, descriptor.typeInformation()))
                                : new UserReducingState<>(
                                        descriptor.getReduceFunction(),
                                        tables.values(
                                                value(descriptor, descriptor.typeInformation()))));
    }

    @Override
    public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
            AggregatingStateDescriptor<IN, ACC, OUT> descriptor) {
        return state(
                descriptor,
                unused ->
                        expires(descriptor)
                                ? new ExpiringAggregatingState<>(
                                        descriptor.getAggregateFunction(),
                                        expiring(descriptor, descriptor.typeInformation()))
                                : new UserAggregatingState<>(
                                        descriptor.getAggregateFunction(),
                                        tables.values(
                                                value(descriptor, descriptor.typeInformation()))));
    }

    @Override
    public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> descriptor) {
        return state(
                descriptor,
                unused ->
                        expires(descriptor)
                                ? new ExpiringMapState<>(
                                        expiry(descriptor),
                                        map(
                                                descriptor,
                                                descriptor.keyType(),
                                                Expiry.stamped(descriptor.valueType())))
                                : map(descriptor, descriptor.keyType(), descriptor.valueType()));
    }

    private static boolean expires(StateDescriptor<?, ?> descriptor) {
        return descriptor.getTtlConfig().isEnabled();
    }

    /** For the back end; null if the state lives for ever. */
    private Lifetime lifetime(StateDescriptor<?, ?> descriptor) {
        if (!expires(descriptor)) {
            return null;
        }
        StateTtlConfig config = descriptor.getTtlConfig();
        IncrementalCleanupStrategy incremental =
                config.getCleanupStrategies().getIncrementalCleanupStrategy();
        return new Lifetime(
                config.getTimeToLive().toMillis(),
                clockMs,
                config.getCleanupStrategies().inFullSnapshot(),
                incremental == null ? 0 : incremental.getCleanupSize(),
                incremental != null && incremental.runCleanupForEveryRecord(),
                config.getCleanupStrategies().inRocksdbCompactFilter());
    }

    private Expiry expiry(StateDescriptor<?, ?> descriptor) {
        return Expiry.of(descriptor.getTtlConfig(), clockMs);
    }

    private <T> ExpiringValue<T> expiring(StateDescriptor<?, ?> of, TypeInformation<T> type) {
        return new ExpiringValue<>(
                expiry(of),
                new UserValueState<>(
                        new ValueStateDescriptor<>(of.getName(), Expiry.stamped(type)),
                        tables.values(value(of, Expiry.stamped(type)))));
    }

    private <T> ValueState<T> values(ValueStateDescriptor<T> descriptor) {
        return new UserValueState<>(
                descriptor, tables.values(value(descriptor, descriptor.typeInformation())));
    }

    private <T> ListState<T> list(StateDescriptor<?, ?> of, TypeInformation<T> elements) {
        return new UserListState<>(
                of.getName(),
                tables.lists(
                        new TableSpec(
                                tables.nameOf(of),
                                TableSpec.Shape.LIST,
                                tables.namespaces(),
                                null,
                                serializer(elements),
                                lifetime(of))));
    }

    private <K, V> MapState<K, V> map(
            StateDescriptor<?, ?> of, TypeInformation<K> keys, TypeInformation<V> values) {
        return new UserMapState<>(
                of.getName(),
                tables.maps(
                        new TableSpec(
                                tables.nameOf(of),
                                TableSpec.Shape.MAP,
                                tables.namespaces(),
                                serializer(keys),
                                serializer(values),
                                lifetime(of))));
    }

    private TableSpec value(StateDescriptor<?, ?> descriptor, TypeInformation<?> type) {
        return new TableSpec(
                tables.nameOf(descriptor),
                TableSpec.Shape.VALUE,
                tables.namespaces(),
                null,
                serializer(type),
                lifetime(descriptor));
    }

    private Serializer<Object> serializer(TypeInformation<?> type) {
        return serializers.of(type);
    }

    @SuppressWarnings("unchecked") // a name and a kind have one class of states
    private <S extends State> S state(
            StateDescriptor<?, ?> descriptor, Function<StateDescriptor<?, ?>, S> maker) {
        Known found = known.get(descriptor.getName());
        if (found == null) {
            found = new Known(descriptor.getType(), maker.apply(descriptor));
            known.put(descriptor.getName(), found);
        }
        if (found.type != descriptor.getType()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "operator '"
                            + operator
                            + "' has a state '"
                            + descriptor.getName()
                            + "' of the kind "
                            + found.type
                            + ", and asks for one of the kind "
                            + descriptor.getType()
                            + " by the same name. Every state of an operator needs a name of its"
                            + " own.");
        }
        return (S) found.state;
    }

    @Override
    public String getBackendTypeIdentifier() {
        return backendName;
    }
}

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
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.TableSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The states of one operator's keys, by name. Confined to the task. */
public final class UserStates implements KeyedStateStore {
    private final String operator;
    private final String backendName;
    private final Supplier<KeyedBackend> backend;
    private final JobSerializers serializers;
    private final Map<String, Known> known = new HashMap<>();

    /** A state that was asked for. */
    private record Known(StateDescriptor.Type type, State state) {}

    /**
     * @param operator its name, for messages
     * @param backend makes it when the first state is asked for
     */
    public UserStates(
            String operator,
            String backendName,
            Supplier<KeyedBackend> backend,
            JobSerializers serializers) {
        this.operator = operator;
        this.backendName = backendName;
        this.backend = backend;
        this.serializers = serializers;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return state(
                descriptor,
                unused ->
                        new UserValueState<>(
                                descriptor,
                                backend.get()
                                        .values(value(descriptor, descriptor.typeInformation()))));
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return state(
                descriptor,
                unused ->
                        new UserListState<>(
                                descriptor.getName(),
                                backend.get()
                                        .lists(
                                                new TableSpec(
                                                        descriptor.getName(),
                                                        TableSpec.Shape.LIST,
                                                        null,
                                                        null,
                                                        serializer(descriptor.elementType())))));
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return state(
                descriptor,
                unused ->
                        new UserReducingState<>(
                                descriptor.getReduceFunction(),
                                backend.get()
                                        .values(value(descriptor, descriptor.typeInformation()))));
    }

    @Override
    public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
            AggregatingStateDescriptor<IN, ACC, OUT> descriptor) {
        return state(
                descriptor,
                unused ->
                        new UserAggregatingState<>(
                                descriptor.getAggregateFunction(),
                                backend.get()
                                        .values(value(descriptor, descriptor.typeInformation()))));
    }

    @Override
    public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> descriptor) {
        return state(
                descriptor,
                unused ->
                        new UserMapState<>(
                                descriptor.getName(),
                                backend.get()
                                        .maps(
                                                new TableSpec(
                                                        descriptor.getName(),
                                                        TableSpec.Shape.MAP,
                                                        null,
                                                        serializer(descriptor.keyType()),
                                                        serializer(descriptor.valueType())))));
    }

    private TableSpec value(StateDescriptor<?, ?> descriptor, TypeInformation<?> type) {
        return new TableSpec(
                descriptor.getName(), TableSpec.Shape.VALUE, null, null, serializer(type));
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

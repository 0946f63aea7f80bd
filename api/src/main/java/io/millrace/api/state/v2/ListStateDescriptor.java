package io.millrace.api.state.v2;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The name of a list and the type of its elements. */
public class ListStateDescriptor<T> extends StateDescriptor<T> {
    private static final long serialVersionUID = 1L;

    public ListStateDescriptor(String stateId, TypeInformation<T> typeInfo) {
        super(stateId, typeInfo);
    }

    public ListStateDescriptor(String stateId, TypeSerializer<T> serializer) {
        super(stateId, serializer);
    }

    public ListStateDescriptor(String stateId, Class<T> type) {
        super(stateId, type);
    }

    @Override
    public Type getType() {
        return Type.LIST;
    }

    @Override
    public io.millrace.api.state.ListStateDescriptor<T> synchronous() {
        return withLifetime(new io.millrace.api.state.ListStateDescriptor<>(getStateId(), type()));
    }
}

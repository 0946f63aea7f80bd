package io.millrace.api.state;

import io.millrace.api.type.TypeInformation;
import java.util.Map;
import java.util.Objects;

/** The name and types of a map. */
public class MapStateDescriptor<UK, UV> extends StateDescriptor<MapState<UK, UV>, Map<UK, UV>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<UK> keyType;
    private final TypeInformation<UV> valueType;

    public MapStateDescriptor(
            String name, TypeInformation<UK> keyTypeInfo, TypeInformation<UV> valueTypeInfo) {
        super(name);
        this.keyType = Objects.requireNonNull(keyTypeInfo, "The type of the keys is null.");
        this.valueType = Objects.requireNonNull(valueTypeInfo, "The type of the values is null.");
    }

    public MapStateDescriptor(String name, Class<UK> keyClass, Class<UV> valueClass) {
        this(name, TypeInformation.of(keyClass), TypeInformation.of(valueClass));
    }

    public TypeInformation<UK> keyType() {
        return keyType;
    }

    public TypeInformation<UV> valueType() {
        return valueType;
    }

    @Override
    public Type getType() {
        return Type.MAP;
    }
}

package io.millrace.host.check;

import io.millrace.api.function.Function;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.TypeInformation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The states of an operator as far as its program shows them before it runs: descriptors of
 * broadcast state, and those that functions have in fields. What a function asks for in {@code
 * open()} is known when it runs. Pure.
 */
final class DeclaredStates {
    private DeclaredStates() {}

    /**
     * A state.
     *
     * @param mapKeys null if it is no map
     * @param values null if they cannot be told
     */
    record Declared(
            String name,
            boolean broadcast,
            TypeInformation<?> mapKeys,
            TypeInformation<?> values,
            boolean hasLifetime) {}

    /** By their names. */
    static Map<String, Declared> of(StreamNode node) {
        Map<String, Declared> found = new TreeMap<>();
        for (Object part : partsOf(node.spec())) {
            if (part instanceof List<?> all) {
                all.forEach(one -> add(one, true, found));
            } else if (part instanceof Function || part instanceof StreamOperatorFactory<?>) {
                fieldsOf(part).forEach(value -> add(value, false, found));
            }
        }
        return found;
    }

    private static void add(Object value, boolean broadcast, Map<String, Declared> found) {
        if (value instanceof StateDescriptor<?, ?> descriptor) {
            found.putIfAbsent(descriptor.getName(), declared(descriptor, broadcast));
        }
    }

    private static Declared declared(StateDescriptor<?, ?> descriptor, boolean broadcast) {
        TypeInformation<?> mapKeys = null;
        TypeInformation<?> values = null;
        try {
            if (descriptor instanceof MapStateDescriptor<?, ?> map) {
                mapKeys = map.keyType();
                values = map.valueType();
            } else if (descriptor instanceof ListStateDescriptor<?> list) {
                values = list.elementType();
            } else if (descriptor instanceof ValueStateDescriptor<?> value) {
                values = value.typeInformation();
            }
        } catch (RuntimeException e) {
            values = null; // its own serializer says no more before it runs
        }
        return new Declared(
                descriptor.getName(),
                broadcast,
                mapKeys,
                values,
                descriptor.getTtlConfig().isEnabled());
    }

    /** What the operator consists of: functions, factories, lists of descriptors. */
    static List<Object> partsOf(OperatorSpec spec) {
        List<Object> parts = new ArrayList<>();
        for (RecordComponent component : spec.getClass().getRecordComponents()) {
            try {
                Object part = component.getAccessor().invoke(spec);
                if (part != null) {
                    parts.add(part);
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(component + " of " + spec.kind(), e);
            }
        }
        return parts;
    }

    private static List<Object> fieldsOf(Object function) {
        List<Object> values = new ArrayList<>();
        for (Class<?> c = function.getClass(); c != null && c != Object.class; c = superOf(c)) {
            for (Field field : c.getDeclaredFields()) {
                if (StateDescriptor.class.isAssignableFrom(field.getType())) {
                    try {
                        field.setAccessible(true);
                        values.add(field.get(function));
                    } catch (IllegalAccessException | RuntimeException e) {
                        continue; // of a module that is closed: it will be known when it runs
                    }
                }
            }
        }
        return values;
    }

    private static Class<?> superOf(Class<?> type) {
        return type.getSuperclass();
    }
}

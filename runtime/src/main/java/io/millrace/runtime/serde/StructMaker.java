package io.millrace.runtime.serde;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Makes instances of a struct field by field, without generated code: for reading older forms.
 * Immutable.
 */
final class StructMaker {
    private static final MethodType SET =
            MethodType.methodType(void.class, Object.class, Object.class);
    private static final MethodType MAKE_OF_ALL =
            MethodType.methodType(Object.class, Object[].class);

    private final Schema.Struct struct;
    private final MethodHandle make;
    private final MethodHandle[] setters;
    private final Object[] defaults;

    private StructMaker(
            Schema.Struct struct, MethodHandle make, MethodHandle[] setters, Object[] defaults) {
        this.struct = struct;
        this.make = make;
        this.setters = setters;
        this.defaults = defaults;
    }

    static StructMaker of(Schema.Struct struct) {
        StructAccess access = StructAccess.of(struct);
        int count = struct.fields().size();
        MethodHandle make = access.make();
        Object[] defaults = new Object[count];
        if (struct.form() != Schema.Form.RECORD) {
            MethodHandle[] setters =
                    Arrays.stream(access.setters())
                            .map(setter -> setter.asType(SET))
                            .toArray(MethodHandle[]::new);
            return new StructMaker(struct, make, setters, defaults);
        }
        for (int i = 0; i < count; i++) {
            defaults[i] = zero(StructAccess.carrier(struct.fields().get(i)));
        }
        boolean ofAll =
                make.type().parameterCount() == 1 && make.type().parameterType(0) == Object[].class;
        MethodHandle spread = ofAll ? make : make.asSpreader(Object[].class, count);
        return new StructMaker(struct, spread.asType(MAKE_OF_ALL), null, defaults);
    }

    private static Object zero(Class<?> carrier) {
        return carrier.isPrimitive()
                ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(carrier, 1), 0)
                : null;
    }

    boolean isPrimitive(int field) {
        return !struct.fields().get(field).nullable();
    }

    String name(int field) {
        return struct.type().getName() + "." + struct.fields().get(field).name();
    }

    /** An instance, or the values of one, to be completed by {@link #set} and {@link #end}. */
    Object[] begin() {
        if (setters == null) {
            return defaults.clone();
        }
        try {
            return new Object[] {(Object) make.invokeExact()};
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void set(Object[] begun, int field, Object value) {
        if (setters == null) {
            begun[field] = value;
            return;
        }
        try {
            setters[field].invokeExact(begun[0], value);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    Object end(Object[] begun) {
        if (setters != null) {
            return begun[0];
        }
        try {
            return (Object) make.invokeExact(begun);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new CorruptDataException("the constructor of " + struct.type().getName(), e);
    }
}

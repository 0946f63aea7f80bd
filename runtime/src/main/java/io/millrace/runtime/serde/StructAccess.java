package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Map;

/**
 * How generated code makes an instance of a struct and reaches its fields: by method handles whose
 * types name JDK classes only. Every reference but a string is an {@code Object} in them, since the
 * generated class lives in the engine's loader, which does not see the user's classes.
 *
 * @param make for records from all components, or from one {@code Object[]} if there is more than
 *     one group of fields; for other forms without arguments
 * @param getters one for each field
 * @param setters one for each field; empty for records
 * @param rawGetters one for each field of a tuple, which give an object of any class; else empty
 */
record StructAccess(
        MethodHandle make,
        MethodHandle[] getters,
        MethodHandle[] setters,
        MethodHandle[] rawGetters) {

    /** The JVM's limit for the arguments of a method handle, less what the adapters need. */
    private static final int MAX_ARGUMENTS = 250;

    /** The class in which generated code keeps a field: a primitive, a string or an object. */
    static Class<?> carrier(Schema.Field field) {
        if (field.schema() instanceof Schema.ScalarOf scalar) {
            if (scalar.type() == Scalar.STRING) {
                return String.class;
            }
            if (!field.nullable()) {
                return MethodType.methodType(scalar.type().type()).unwrap().returnType();
            }
        }
        return Object.class;
    }

    /**
     * @throws MillraceException {@code RECORD_TYPE_UNKNOWN} if the class is closed to us, or does
     *     not have the fields
     */
    static StructAccess of(Schema.Struct struct) {
        Class<?> type = struct.type();
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            Map<String, Field> fields = StructFields.byName(type);
            int count = struct.fields().size();
            if (fields.size() != count) {
                throw mismatch(type, fields.size() + " fields, not " + count, null);
            }
            boolean record = struct.form() == Schema.Form.RECORD;
            MethodHandle[] getters = new MethodHandle[count];
            MethodHandle[] setters = new MethodHandle[record ? 0 : count];
            boolean tuple = struct.form() == Schema.Form.TUPLE;
            MethodHandle[] rawGetters = new MethodHandle[tuple ? count : 0];
            for (int i = 0; i < count; i++) {
                Class<?> carrier = carrier(struct.fields().get(i));
                Field field = fields.get(struct.fields().get(i).name());
                if (field == null) {
                    throw mismatch(type, "no field '" + struct.fields().get(i).name() + "'", null);
                }
                if (carrier.isPrimitive() != field.getType().isPrimitive()
                        || carrier.isPrimitive() && carrier != field.getType()) {
                    throw mismatch(type, field + " where the schema says " + carrier, null);
                }
                if (!record) {
                    field.setAccessible(true); // also final fields are set
                    setters[i] =
                            lookup.unreflectSetter(field)
                                    .asType(
                                            MethodType.methodType(
                                                    void.class, Object.class, carrier));
                }
                MethodHandle getter = lookup.unreflectGetter(field);
                getters[i] = getter.asType(MethodType.methodType(carrier, Object.class));
                if (tuple) {
                    rawGetters[i] =
                            getter.asType(MethodType.methodType(Object.class, Object.class));
                }
            }
            return new StructAccess(make(struct, lookup), getters, setters, rawGetters);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (e instanceof MillraceException) {
                throw (MillraceException) e;
            }
            throw mismatch(type, "members that Millrace may not reach", e);
        }
    }

    private static MillraceException mismatch(Class<?> type, String found, Throwable cause) {
        return new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                type.getName()
                        + " has "
                        + found
                        + ". Make it a record or a class with a constructor without arguments, and"
                        + " use the same jar in every process.",
                cause);
    }

    private static MethodHandle make(Schema.Struct struct, MethodHandles.Lookup lookup)
            throws ReflectiveOperationException {
        Class<?> type = struct.type();
        switch (struct.form()) {
            case RECORD:
                return makeRecord(struct, lookup);
            case POJO:
            case TUPLE:
                return lookup.findConstructor(type, MethodType.methodType(void.class))
                        .asType(MethodType.methodType(Object.class));
            case PLAIN:
                return newInstance(bareConstructor(type)).bindTo(new Object[0]);
            default:
                throw new IllegalArgumentException(struct.form().name());
        }
    }

    private static MethodHandle makeRecord(Schema.Struct struct, MethodHandles.Lookup lookup)
            throws ReflectiveOperationException {
        Class<?> type = struct.type();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Class<?>[] carriers = new Class<?>[components.length];
        int slots = 0;
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
            carriers[i] = carrier(struct.fields().get(i));
            slots += types[i] == long.class || types[i] == double.class ? 2 : 1;
        }
        if (slots > MAX_ARGUMENTS) {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return newInstance(constructor);
        }
        MethodHandle constructor =
                lookup.findConstructor(type, MethodType.methodType(void.class, types));
        if (types.length > StructGenerator.GROUP) {
            return constructor
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        }
        return constructor.asType(MethodType.methodType(Object.class, carriers));
    }

    private static MethodHandle newInstance(Constructor<?> constructor)
            throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(
                        Constructor.class,
                        "newInstance",
                        MethodType.methodType(Object.class, Object[].class))
                .bindTo(constructor)
                .asFixedArity();
    }

    /**
     * A constructor that runs no code of the class, as Java serialization has it. By name: the JDK
     * supports the class that makes it (jdk.unsupported), but javac warns of it.
     */
    static Constructor<?> bareConstructor(Class<?> type) throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        return (Constructor<?>)
                factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                        .invoke(
                                factory.getMethod("getReflectionFactory").invoke(null),
                                type,
                                Object.class.getDeclaredConstructor());
    }
}

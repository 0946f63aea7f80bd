package io.millrace.runtime.serde;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/** The fields of records and classes, one by one, as whoever orders values reads them. Pure. */
public final class StructParts {
    private StructParts() {}

    /** Reads a field. Immutable. */
    public static final class Part {
        private final MethodHandle getter;

        private Part(MethodHandle getter) {
            this.getter = getter.asType(MethodType.methodType(Object.class, Object.class));
        }

        /** The field's value in an instance of the struct; a primitive in its box. */
        public Object get(Object struct) {
            try {
                return getter.invokeExact(struct);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("a field's getter throws nothing that is checked", e);
            }
        }
    }

    /**
     * One for each field of the struct, in its order.
     *
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} if the class is
     *     closed to us
     */
    public static List<Part> of(Schema.Struct struct) {
        List<Part> parts = new ArrayList<>();
        for (MethodHandle getter : StructAccess.of(struct).getters()) {
            parts.add(new Part(getter));
        }
        return parts;
    }
}

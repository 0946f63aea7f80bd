package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;

/** Reads the fields of POJOs and records. Confined to its user. */
final class MemberFieldReader implements FieldReader {
    private static final long serialVersionUID = 1L;

    private final List<TypeField> fields;
    private transient MethodHandle[] getters;

    MemberFieldReader(List<TypeField> fields) {
        this.fields = fields;
    }

    @Override
    public Object get(Object record, int index) {
        if (getters == null) {
            getters = fields.stream().map(MemberFieldReader::getter).toArray(MethodHandle[]::new);
        }
        try {
            return getters[index].invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("reading a field throws nothing checked", e);
        }
    }

    private static MethodHandle getter(TypeField field) {
        try {
            Field member = field.declaredIn().getDeclaredField(field.name());
            member.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectGetter(member)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the field "
                            + field.name()
                            + " of "
                            + field.declaredIn().getName()
                            + " cannot be read for an order.",
                    e);
        }
    }
}

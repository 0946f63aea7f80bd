package io.millrace.connector.orc.writer;

import io.millrace.api.type.TypeField;
import io.millrace.connector.file.columnar.ObjectFields;
import java.lang.invoke.MethodHandle;

/** A field of a plain object or Java record. Confined to its task. */
final class ObjectField implements StructColumn.FieldOf {
    private final ObjectFields<?> type;
    private final MethodHandle getter; // Object (Object)

    private ObjectField(ObjectFields<?> type, MethodHandle getter) {
        this.type = type;
        this.getter = getter;
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if it cannot be read
     */
    static ObjectField of(ObjectFields<?> type, TypeField field) {
        try {
            return new ObjectField(type, type.getter(field));
        } catch (ReflectiveOperationException e) {
            throw type.unreadable(e);
        }
    }

    @Override
    public Object of(Object record) {
        try {
            return (Object) getter.invokeExact(record);
        } catch (ClassCastException e) {
            throw e; // of another class than was said
        } catch (Throwable e) {
            throw type.unread(e);
        }
    }
}

package io.millrace.connector.parquet;

import io.millrace.connector.parquet.write.LeafColumn;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The bytes of what {@link ReflectedRows} makes: each is a hidden class with a handle of its own,
 * which is a constant there. This class itself is never initialized. Stateless.
 */
final class RowPutTemplate implements RowPut {
    /** Of the type {@code (LeafColumn[], Object row) -> void}. */
    private static final MethodHandle ROW = row();

    private static MethodHandle row() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public void put(LeafColumn[] columns, Object row) throws Throwable {
        ROW.invokeExact(columns, row);
    }
}

package io.millrace.connector.parquet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The bytes of the loops that {@link RowLoops} makes: each is a hidden class with a handle of its
 * own, which is a constant there. This class itself is never initialized. Stateless.
 */
final class RowLoopTemplate implements RowLoop {
    /** Of the type {@code (FlatColumn[], int row) -> Object}. */
    private static final MethodHandle ROW = row();

    private static MethodHandle row() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public void make(FlatColumn[] columns, Object[] target, int rows) throws Throwable {
        for (int row = 0; row < rows; row++) {
            target[row] = (Object) ROW.invokeExact(columns, row);
        }
    }
}

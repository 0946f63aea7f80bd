package io.millrace.connector.json;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;

/**
 * Sets one property of objects of a class, without boxes. Immutable.
 *
 * @param handle {@code (Object, value) -> void}
 * @param field null if it is not set as it is
 */
/* To set a field by reflection costs less than by a handle that is no constant, above all before the second
 * compiler has been there. */
record PropertySetter(MethodHandle handle, Field field) {
    void set(Object made, long value) throws Throwable {
        if (field != null) {
            field.setLong(made, value);
        } else {
            handle.invokeExact(made, value);
        }
    }

    void set(Object made, int value) throws Throwable {
        if (field != null) {
            field.setInt(made, value);
        } else {
            handle.invokeExact(made, value);
        }
    }

    void set(Object made, double value) throws Throwable {
        if (field != null) {
            field.setDouble(made, value);
        } else {
            handle.invokeExact(made, value);
        }
    }

    void set(Object made, float value) throws Throwable {
        if (field != null) {
            field.setFloat(made, value);
        } else {
            handle.invokeExact(made, value);
        }
    }

    void set(Object made, boolean value) throws Throwable {
        if (field != null) {
            field.setBoolean(made, value);
        } else {
            handle.invokeExact(made, value);
        }
    }

    void set(Object made, String value) throws Throwable {
        if (field != null) {
            field.set(made, value);
        } else {
            handle.invokeExact(made, value);
        }
    }
}

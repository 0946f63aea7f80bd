package io.millrace.api.serialization;

import java.io.InvalidClassException;

/** Looks at the classes of snapshots. Pure. */
final class SnapshotMethods {
    private SnapshotMethods() {}

    /**
     * The two forms of {@code resolveSchemaCompatibility} are defaults that call each other: a
     * snapshot has to override one.
     *
     * @param parameter of the form that is going to be called
     * @throws IllegalStateException if the class does not override it
     */
    static void requireOne(TypeSerializerSnapshot<?> snapshot, Class<?> parameter) {
        try {
            Class<?> owner =
                    snapshot.getClass()
                            .getMethod("resolveSchemaCompatibility", parameter)
                            .getDeclaringClass();
            if (owner == TypeSerializerSnapshot.class) {
                throw new IllegalStateException(
                        snapshot.getClass().getName()
                                + " does not say which data its serializer can read. Override"
                                + " resolveSchemaCompatibility(TypeSerializerSnapshot).");
            }
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every snapshot inherits the method", e);
        }
    }

    @SuppressWarnings("unchecked")
    static <T> TypeSerializerSnapshot<T> instantiate(String name, ClassLoader loader)
            throws InvalidClassException {
        try {
            Class<?> type = Class.forName(name, true, loader);
            if (!TypeSerializerSnapshot.class.isAssignableFrom(type)) {
                throw new InvalidClassException(name, "it is no TypeSerializerSnapshot");
            }
            return (TypeSerializerSnapshot<T>) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            InvalidClassException invalid =
                    new InvalidClassException(
                            name,
                            "the snapshot's class is not there, or has no public constructor"
                                    + " without arguments");
            invalid.initCause(e);
            throw invalid;
        }
    }
}

package io.millrace.connector.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Copies of a class that each have a handle as their constant. Stateless. */
final class HiddenClasses {
    private HiddenClasses() {}

    /**
     * An object of a new copy.
     *
     * @param template with a constructor without arguments; takes the handle as its class data
     */
    static <T> T of(Class<? extends T> template, MethodHandle handle)
            throws ReflectiveOperationException {
        String name = template.getSimpleName() + ".class";
        try (InputStream bytes = template.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new NoSuchMethodException(name + " is not where its class is");
            }
            @SuppressWarnings("unchecked") // it implements what the template implements
            T made =
                    (T)
                            MethodHandles.lookup()
                                    .defineHiddenClassWithClassData(
                                            bytes.readAllBytes(), handle, true)
                                    .lookupClass()
                                    .getDeclaredConstructor()
                                    .newInstance();
            return made;
        } catch (IOException e) {
            throw new NoSuchMethodException(name + " cannot be read: " + e.getMessage());
        }
    }
}

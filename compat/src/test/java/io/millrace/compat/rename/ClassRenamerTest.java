package io.millrace.compat.rename;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compat.rename.sample.NewFunction;
import io.millrace.compat.rename.sample.OldProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClassRenamerTest {
    private static final String SAMPLES = "io.millrace.compat.rename.sample.";
    private static final ClassRenamer RENAMER =
            new ClassRenamer(
                    Mapping.parse(
                            "test", List.of(SAMPLES + "OldFunction = " + SAMPLES + "NewFunction")));

    private final Class<?> program = renamed(OldProgram.class);

    @Test
    void theRenamedProgramImplementsTheNewInterface() throws Exception {
        assertThat(lambda()).isInstanceOf(NewFunction.class);
        assertThat(((NewFunction) lambda()).apply("hello")).isEqualTo("hello!");
    }

    @Test
    void aSerializableLambdaIsFoundAgain() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(lambda());
        }

        NewFunction copy = (NewFunction) read(bytes.toByteArray());

        assertThat(copy.apply("again")).isEqualTo("again!");
    }

    @Test
    void stringsThatAreNamesOfClassesAreRenamed() throws Exception {
        String[] names = (String[]) program.getMethod("names").invoke(null);

        assertThat(names)
                .containsExactly(
                        SAMPLES + "NewFunction",
                        "io/millrace/compat/rename/sample/NewFunction",
                        SAMPLES + "OldFunction is a class");
    }

    private Object lambda() throws ReflectiveOperationException {
        return ((Supplier<?>) program.getConstructor().newInstance()).get();
    }

    private Object read(byte[] bytes) throws Exception {
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes)) {
                    @Override
                    protected Class<?> resolveClass(ObjectStreamClass described)
                            throws ClassNotFoundException {
                        return Class.forName(described.getName(), false, program.getClassLoader());
                    }
                }) {
            return in.readObject();
        }
    }

    private static Class<?> renamed(Class<?> original) {
        String file = "/" + original.getName().replace('.', '/') + ".class";
        try (InputStream in = original.getResourceAsStream(file)) {
            byte[] bytes = RENAMER.rename(in.readAllBytes());
            return new OneClass(original.getName(), bytes).loadClass(original.getName());
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Defines one class itself and leaves the others to the tests' loader. */
    private static final class OneClass extends ClassLoader {
        private final String own;
        private final byte[] bytes;

        OneClass(String own, byte[] bytes) {
            super(ClassRenamerTest.class.getClassLoader());
            this.own = own;
            this.bytes = bytes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.equals(own)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}

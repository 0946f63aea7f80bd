package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserLoaderTest {
    /** As on a cluster: sees Java, our API and its own classes, but nothing of the engine. */
    private static final class UserLoader extends ClassLoader {
        UserLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.millrace.api.")) {
                return UserLoaderTest.class.getClassLoader().loadClass(name);
            }
            if (!name.startsWith(Samples.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream in =
                    UserLoaderTest.class
                            .getClassLoader()
                            .getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Object circle(ClassLoader loader, double radius)
            throws ReflectiveOperationException {
        Constructor<?> constructor =
                loader.loadClass(Samples.Circle.class.getName())
                        .getDeclaredConstructor(double.class);
        constructor.setAccessible(true);
        return constructor.newInstance(radius);
    }

    @Test
    void classesOfALoaderThatDoesNotSeeTheEngineAreSent() throws ReflectiveOperationException {
        UserLoader user = new UserLoader();
        assertThatThrownBy(() -> user.loadClass(Serializer.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
        Object circle = circle(user, 2.5);
        assertThat(circle.getClass()).isNotEqualTo(Samples.Circle.class);
        Serializer<Object> serializer = Serializers.of(null, user);
        BinaryWriter out = new BinaryWriter(16);

        serializer.write(List.of(circle), out);
        List<?> read = (List<?>) serializer.read(new BinaryReader(out.toByteArray()));

        assertThat(read).isEqualTo(List.of(circle));
        assertThat(read.get(0).getClass().getClassLoader()).isSameAs(user);
    }

    @Test
    void twoJobsWithClassesOfTheSameNameDoNotMeet() throws ReflectiveOperationException {
        UserLoader one = new UserLoader();
        UserLoader other = new UserLoader();
        BinaryWriter out = new BinaryWriter(16);
        Serializers.of(null, one).write(circle(one, 1), out);

        Object read = Serializers.of(null, other).read(new BinaryReader(out.toByteArray()));

        assertThat(read.getClass().getClassLoader()).isSameAs(other);
    }

    @Test
    void aLoaderIsCollectedWhenItsSerializersAreGone() throws ReflectiveOperationException {
        WeakReference<ClassLoader> gone = useAndForget();
        for (int i = 0; i < 20 && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
    }

    private static WeakReference<ClassLoader> useAndForget() throws ReflectiveOperationException {
        UserLoader user = new UserLoader();
        Serializer<Object> serializer = Serializers.of(null, user);
        BinaryWriter out = new BinaryWriter(16);
        serializer.write(circle(user, 1), out);
        serializer.read(new BinaryReader(out.toByteArray()));
        return new WeakReference<>(user);
    }
}

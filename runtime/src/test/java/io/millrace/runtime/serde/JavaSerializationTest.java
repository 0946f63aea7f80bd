package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.MapFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class JavaSerializationTest {
    private static final ClassLoader LOADER = JavaSerializationTest.class.getClassLoader();

    /** Not serializable. */
    static final class Client {}

    static class WithClient implements MapFunction<String, String> {
        private static final long serialVersionUID = 1L;
        final String prefix = "p";
        final Client client = new Client();

        @Override
        public String map(String value) {
            return prefix + value;
        }
    }

    record Settings(Map<String, Object> values) implements Serializable {}

    static final class WithSettings implements MapFunction<String, String> {
        private static final long serialVersionUID = 1L;
        final Settings settings;

        WithSettings(Settings settings) {
            this.settings = settings;
        }

        @Override
        public String map(String value) {
            return value;
        }
    }

    private static void refused(Object function, String... parts) {
        assertThatThrownBy(() -> JavaSerialization.write(function, "operator 'parse'"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.FUNCTION_NOT_SERIALIZABLE))
                .hasMessageContaining("operator 'parse'")
                .hasMessageContainingAll(parts);
    }

    @SuppressWarnings("unchecked")
    private static <I, O> MapFunction<I, O> trip(MapFunction<I, O> function) {
        return JavaSerialization.read(
                JavaSerialization.write(function, "map"), LOADER, MapFunction.class);
    }

    @Test
    void functionsWithTheirVariablesArrive() throws Exception {
        List<String> words = new ArrayList<>(List.of("a", "b"));
        MapFunction<Integer, String> lambda = i -> words.get(i) + i;

        assertThat(trip(lambda).map(1)).isEqualTo("b1");
    }

    @Test
    void functionsWithArraysOfSerializableValuesArrive() throws Exception {
        Serializable[][] parameters = {{1L, "a"}, {2L, "b"}};
        MapFunction<Integer, String> lambda = i -> parameters[i][0] + "" + parameters[i][1];

        assertThat(trip(lambda).map(1)).isEqualTo("2b");
    }

    @Test
    void namesTheFieldThatIsNotSerializable() {
        refused(
                new WithClient(),
                "field 'client' of " + WithClient.class.getName(),
                "(" + Client.class.getName() + " is not Serializable)",
                "make it transient and create it in open()");
    }

    @Test
    void namesTheCapturedVariableOfALambda() {
        Client client = new Client();
        int number = 7;
        MapFunction<Integer, String> lambda = i -> i + number + client.toString();

        refused(
                lambda,
                "captured variable #2 of a lambda in " + JavaSerializationTest.class.getName(),
                Client.class.getName());
    }

    @Test
    void findsWhatIsDeepInsideCollections() {
        Map<String, Object> values = new HashMap<>();
        values.put("endpoint", Arrays.asList("x", new Client()));
        refused(
                new WithSettings(new Settings(values)),
                "element 1 in the value of 'endpoint' in field 'values'",
                Client.class.getName());
    }

    @Test
    void aLambdaThatUsesItsObjectSaysSo() {
        MapFunction<Integer, String> lambda = i -> i + describe();
        refused(lambda, "enclosing object", JavaSerializationTest.class.getName());
    }

    private String describe() {
        return "test";
    }

    @Test
    void anAnonymousFunctionLetsGoOfTheObjectItDoesNotUse() throws Exception {
        MapFunction<Integer, Integer> function =
                new MapFunction<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Integer map(Integer value) {
                        return value + 1;
                    }
                };

        assertThat(trip(function).map(1)).isEqualTo(2);
    }

    @Test
    void anAnonymousFunctionKeepsTheObjectItUsesAndIsRefused() {
        MapFunction<Integer, String> function =
                new MapFunction<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String map(Integer value) {
                        MapFunction<Integer, String> inner =
                                new MapFunction<>() {
                                    private static final long serialVersionUID = 1L;

                                    @Override
                                    public String map(Integer i) {
                                        return i + describe();
                                    }
                                };
                        return inner.toString();
                    }
                };

        refused(function, "field 'this$0'", "make it a static nested class");
    }

    @Test
    void aFunctionThatIsNotSerializableAtAllSaysWhatToImplement() {
        refused(new Client(), Client.class.getName(), "implement java.io.Serializable");
    }

    /** Shows whether anything of it ran. */
    static final class Canary implements Serializable {
        private static final long serialVersionUID = 1L;
        static final AtomicBoolean SANG = new AtomicBoolean();

        private void readObject(java.io.ObjectInputStream in) {
            SANG.set(true);
        }
    }

    @Test
    void classesThatFunctionsDoNotNeedAreNotRead() throws IOException {
        for (Object trap :
                List.of(
                        new URL("http://canary.invalid/"),
                        new javax.management.BadAttributeValueExpException("x"),
                        new java.beans.beancontext.BeanContextSupport(),
                        new javax.swing.event.EventListenerList())) {
            byte[] bytes = plainBytes(new Object[] {trap, new Canary()});

            assertThatThrownBy(() -> JavaSerialization.read(bytes, LOADER, Object.class))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_PERMITTED))
                    .hasMessageContaining(trap.getClass().getName());
        }
        assertThat(Canary.SANG).isFalse();
    }

    @Test
    void proxiesAreNotRead() throws IOException {
        Object proxy =
                java.lang.reflect.Proxy.newProxyInstance(
                        LOADER,
                        new Class<?>[] {Comparable.class},
                        (java.lang.reflect.InvocationHandler & Serializable) (p, m, a) -> null);
        byte[] bytes = plainBytes(proxy);

        assertThatThrownBy(() -> JavaSerialization.read(bytes, LOADER, Object.class))
                .isInstanceOf(MillraceException.class);
    }

    @Test
    void graphsTooDeepAreNotRead() throws IOException {
        Object deep = "end";
        for (int i = 0; i < 1000; i++) {
            deep = new Object[] {deep};
        }
        byte[] bytes = plainBytes(deep);

        assertThatThrownBy(() -> JavaSerialization.read(bytes, LOADER, Object.class))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void damagedBytesAreAnErrorOfTheProgram() {
        byte[] good = JavaSerialization.write(new WithSettings(new Settings(Map.of())), "map");
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                JavaSerialization.read(bad, LOADER, WithSettings.class);
            } catch (MillraceException expected) {
                assertThat(expected.code())
                        .isIn(ErrorCode.NOT_PERMITTED, ErrorCode.PROGRAM_INVALID);
            }
        }
    }

    @Test
    void bytesOfAnotherClassThanExpectedAreAnErrorOfTheProgram() {
        byte[] bytes = JavaSerialization.write("text", "x");
        assertThatThrownBy(() -> JavaSerialization.read(bytes, LOADER, MapFunction.class))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_INVALID));
    }

    private static byte[] plainBytes(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }
}

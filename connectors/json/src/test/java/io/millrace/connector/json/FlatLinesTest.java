package io.millrace.connector.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines that are read without Jackson give what Jackson gives, or are left to it. */
class FlatLinesTest {
    /** Fields and setters of all kinds. */
    public static class Thing {
        public int number = 1;
        public long large = 2;
        public float real = 3;
        public double exact = 4;
        public boolean truth;
        public String text = "default";
        public Integer boxed;
        public Double boxedDouble;
        public Boolean boxedTruth;
        private String hidden;

        @JsonProperty("re named")
        public long other;

        public void setHidden(String hidden) {
            this.hidden = "set to " + hidden;
        }

        @Override
        public String toString() {
            return String.join(
                    "|",
                    String.valueOf(number),
                    String.valueOf(large),
                    String.valueOf(real),
                    String.valueOf(exact),
                    String.valueOf(truth),
                    text,
                    String.valueOf(boxed),
                    String.valueOf(boxedDouble),
                    String.valueOf(boxedTruth),
                    hidden,
                    String.valueOf(other));
        }
    }

    private static final ObjectMapper MAPPER = JsonMappers.create();

    private static final ObjectReader JACKSON =
            MAPPER.readerFor(Thing.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static String read(FlatLines<Thing> lines, byte[] line) {
        byte[] buffer = new byte[line.length + 7];
        System.arraycopy(line, 0, buffer, 3, line.length);
        buffer[3 + line.length] = '9'; // the line ends before it
        try {
            return String.valueOf(lines.parse(buffer, 3, line.length));
        } catch (IOException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }

    /** With the same bytes around the line, since messages show some of them. */
    private static String readByJackson(byte[] line) {
        byte[] buffer = new byte[line.length + 7];
        System.arraycopy(line, 0, buffer, 3, line.length);
        buffer[3 + line.length] = '9';
        try {
            return String.valueOf((Thing) JACKSON.readValue(buffer, 3, line.length));
        } catch (IOException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }

    private static FlatLines<Thing> lines() {
        return new FlatLines<>(FlatClass.of(MAPPER, Thing.class), JACKSON);
    }

    private static void assertSame(FlatLines<Thing> lines, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        assertEquals(readByJackson(bytes), read(lines, bytes), line);
    }

    @Test
    void oddLinesAreReadAsJacksonReadsThem() {
        FlatLines<Thing> lines = lines();
        for (String line :
                List.of(
                        "{}",
                        " { } ",
                        "{\"number\":5}",
                        "{ \"number\" : -5 , \"large\" : 123456789012345678 }",
                        "{\"large\":1234567890123456789}",
                        "{\"large\":-9223372036854775808}",
                        "{\"large\":9223372036854775808}",
                        "{\"number\":2147483648}",
                        "{\"number\":-2147483648}",
                        "{\"number\":007}",
                        "{\"number\":-0,\"exact\":-0,\"real\":-0.0}",
                        "{\"number\":5.0}",
                        "{\"number\":5.}",
                        "{\"number\":.5}",
                        "{\"number\":\"5\"}",
                        "{\"number\":null,\"text\":null,\"boxed\":null}",
                        "{\"exact\":5,\"real\":7}",
                        "{\"exact\":1e3,\"real\":1E-3}",
                        "{\"exact\":0.1,\"real\":0.1}",
                        "{\"exact\":123456789.123456789,\"real\":16777217}",
                        "{\"real\":0.000000001}",
                        "{\"exact\":NaN}",
                        "{\"truth\":true,\"boxedTruth\":false}",
                        "{\"truth\":truex}",
                        "{\"truth\":tru",
                        "{\"truth\":1}",
                        "{\"text\":\"größer €\uD83D\uDE00\"}",
                        "{\"text\":\"a\\nb\\u0041\"}",
                        "{\"text\":\"a\tb\"}",
                        "{\"text\":\"",
                        "{\"text\":5}",
                        "{\"text\":\"\uFFFD\"}",
                        "{\"hidden\":\"h\",\"re named\":9}",
                        "{\"unknown\":5}",
                        "{\"number\":5,\"number\":6}",
                        "{\"number\":5,}",
                        "{\"number\" 5}",
                        "{\"number\":5 6}",
                        "{\"number\":5",
                        "{\"number\":5} x",
                        "{\"number\":5}{\"number\":6}",
                        "{\"number\":5}é",
                        "{\"number\":5}\u00A0",
                        "é{\"number\":5}",
                        "{number:5}",
                        "[]",
                        "5",
                        "null",
                        "{\"number\":{\"a\":1}}",
                        "\uFEFF{\"number\":5}")) {
            assertSame(lines, line);
        }
        byte[] noText = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xC3, '"', '}'};
        assertEquals(readByJackson(noText), read(lines, noText));
        byte[] behind = {'{', '}', (byte) 0xFF};
        assertEquals(readByJackson(behind), read(lines, behind));
    }

    @Test
    void randomAndDamagedLinesAreReadAsJacksonReadsThem() throws IOException {
        FlatLines<Thing> lines = lines();
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            Thing thing = new Thing();
            thing.number = random.nextInt() >> random.nextInt(31);
            thing.large = random.nextLong() >> random.nextInt(63);
            thing.real = random.nextInt(1 << 24) / (float) (1 << random.nextInt(20));
            thing.exact =
                    random.nextInt(3) == 0 ? random.nextGaussian() : random.nextInt(99999) / 100.0;
            thing.truth = random.nextBoolean();
            thing.text = "text ".repeat(random.nextInt(5)) + (char) (32 + random.nextInt(300));
            thing.boxed = random.nextInt(50) == 0 ? null : random.nextInt();
            thing.boxedDouble = random.nextDouble();
            thing.boxedTruth = random.nextBoolean();
            thing.other = random.nextInt();
            byte[] line = MAPPER.writeValueAsBytes(thing);
            if (random.nextInt(3) == 0) {
                String some = "{}\",:0123456789.-eE \\ntrue";
                line[random.nextInt(line.length)] =
                        (byte) some.charAt(random.nextInt(some.length()));
            }
            assertEquals(
                    readByJackson(line),
                    read(lines, line),
                    new String(line, StandardCharsets.UTF_8));
        }
    }

    /** With a field that is made in a way of its own. */
    public static class Custom {
        @JsonDeserialize(using = Shouting.class)
        public String text;
    }

    /** Makes texts loud. */
    public static class Shouting extends JsonDeserializer<String> {
        @Override
        public String deserialize(
                com.fasterxml.jackson.core.JsonParser parser,
                com.fasterxml.jackson.databind.DeserializationContext context)
                throws IOException {
            return parser.getText() + "!";
        }
    }

    /** With what is not in the line. */
    public static class Injected {
        public int number;

        @JacksonInject public String place;
    }

    /** With a list. */
    public static class Nested {
        public List<String> names;
    }

    /** Made by its constructor. */
    public record Pair(int a, int b) {}

    /** Passes names over that it does not know. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public static class Lenient {
        public int number;
    }

    @Test
    void onlyClassesWithoutWaysOfTheirOwnAreFlat() throws IOException {
        assertNull(FlatClass.of(MAPPER, Custom.class));
        assertNull(FlatClass.of(MAPPER, Injected.class));
        assertNull(FlatClass.of(MAPPER, Nested.class));
        assertNull(FlatClass.of(MAPPER, Pair.class));
        assertNull(FlatClass.of(MAPPER, String.class));
        FlatClass lenient = FlatClass.of(MAPPER, Lenient.class);
        assertNotNull(lenient);
        byte[] line = "{\"x\":[1],\"number\":3}".getBytes(StandardCharsets.US_ASCII);
        Lenient read =
                new FlatLines<Lenient>(lenient, MAPPER.readerFor(Lenient.class))
                        .parse(line, 0, line.length);
        assertEquals(3, read.number);
    }

    @Test
    void linesThatAreAllForJacksonAreReadToo() throws IOException {
        FlatLines<Thing> lines = lines();
        for (int i = 0; i < 3_000; i++) {
            byte[] line =
                    ("{\"boxed\":null,\"number\":" + i + "}").getBytes(StandardCharsets.US_ASCII);
            Thing thing = lines.parse(line, 0, line.length);
            assertEquals(i, thing.number);
        }
        assertTrue(lines.parse("{\"truth\":true}").truth);
    }
}

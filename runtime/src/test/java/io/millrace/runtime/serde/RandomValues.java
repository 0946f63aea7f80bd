package io.millrace.runtime.serde;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Values of every kind that serializers know, from a seed. */
final class RandomValues {
    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T orNull(Supplier<T> value) {
        return random.nextInt(5) == 0 ? null : value.get();
    }

    <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int size = random.nextInt(6); size > 0; size--) {
            list.add(orNull(element));
        }
        return list;
    }

    <K, V> Map<K, V> fill(Map<K, V> map, Supplier<K> key, Supplier<V> value) {
        for (int size = random.nextInt(6); size > 0; size--) {
            map.put(key.get(), orNull(value));
        }
        return map;
    }

    String string() {
        StringBuilder text = new StringBuilder();
        for (int size = random.nextInt(random.nextInt(10) == 0 ? 300 : 12); size > 0; size--) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x800));
                case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(40));
                case 2 -> text.append((char) random.nextInt(0x10000)); // also half surrogates
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    long number() {
        return random.nextBoolean() ? random.nextInt(100) : random.nextLong();
    }

    byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A scalar that cannot change. */
    Object scalar() {
        long n = random.nextLong();
        LocalDate date = LocalDate.ofEpochDay(n % 1_000_000);
        LocalTime time = LocalTime.ofNanoOfDay(Math.floorMod(n, 86_400_000_000_000L));
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((int) (n % 50_000));
        return switch (random.nextInt(25)) {
            case 0 -> random.nextBoolean();
            case 1 -> (byte) n;
            case 2 -> (short) n;
            case 3 -> (char) n;
            case 4 -> (int) n;
            case 5 -> n;
            case 6 -> random.nextFloat();
            case 7 -> random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
            case 8 -> new BigInteger(random.nextInt(200), random);
            case 9 -> new BigDecimal(new BigInteger(random.nextInt(200), random), (int) n % 1000);
            case 10 -> new UUID(n, random.nextLong());
            case 11 -> Instant.ofEpochSecond(n % 100_000_000_000L, random.nextInt(1_000_000_000));
            case 12 -> date;
            case 13 -> time;
            case 14 -> LocalDateTime.of(date, time);
            case 15 -> OffsetDateTime.of(date, time, offset);
            case 16 -> ZonedDateTime.of(date, time, ZoneId.of("America/New_York"));
            case 17 -> ZoneId.of("Asia/Tokyo");
            case 18 -> offset;
            case 19 -> Duration.ofSeconds(n, random.nextInt(1_000_000_000));
            case 20 -> Period.of((int) n, (int) n % 7, (int) n % 3);
            case 21 -> Year.of(random.nextInt(3000));
            case 22 -> Samples.Colour.values()[random.nextInt(2)];
            default -> string();
        };
    }

    Object array() {
        int n = random.nextInt(10);
        return switch (random.nextInt(9)) {
            case 0 -> bytes();
            case 1 -> random.ints(n).toArray();
            case 2 -> random.longs(n).toArray();
            case 3 -> random.doubles(n).toArray();
            case 4 -> new boolean[] {true, false, random.nextBoolean()};
            case 5 -> new short[] {(short) n, -1};
            case 6 -> string().toCharArray();
            case 7 -> new float[] {random.nextFloat()};
            default -> new String[] {orNull(this::string), string()};
        };
    }

    Samples.Shape shape(int depth) {
        return switch (random.nextInt(depth > 3 ? 2 : 3)) {
            case 0 -> new Samples.Circle(random.nextDouble());
            case 1 -> new Samples.Square(random.nextDouble());
            default ->
                    new Samples.Group(list(() -> shape(depth + 1)), orNull(() -> shape(depth + 1)));
        };
    }

    Samples.Tree tree(int depth) {
        return depth > 6 || random.nextInt(4) == 0
                ? null
                : new Samples.Tree(random.nextInt(), tree(depth + 1), tree(depth + 1));
    }

    Samples.Folder folder(int depth) {
        Map<String, Samples.Folder> children = new LinkedHashMap<>();
        for (int i = random.nextInt(depth > 2 ? 1 : 4); i > 0; i--) {
            children.put(string(), folder(depth + 1));
        }
        return new Samples.Folder(
                string(), children, depth > 2 ? Optional.empty() : Optional.of(folder(depth + 1)));
    }

    Samples.Bean bean() {
        if (random.nextInt(3) == 0) {
            Samples.ColouredBean coloured = new Samples.ColouredBean();
            coloured.colour = orNull(() -> Samples.Colour.GREEN);
            coloured.name = orNull(this::string);
            coloured.count = random.nextInt();
            return coloured;
        }
        return new Samples.Bean(
                orNull(this::string), random.nextInt(), orNull(() -> list(this::string)));
    }

    Samples.Boxes boxes() {
        return new Samples.Boxes(
                orNull(random::nextBoolean),
                orNull(() -> (byte) random.nextInt()),
                orNull(() -> (short) random.nextInt()),
                orNull(() -> (char) random.nextInt()),
                orNull(random::nextInt),
                orNull(random::nextLong),
                orNull(random::nextFloat),
                orNull(random::nextDouble),
                orNull(this::string),
                orNull(() -> Samples.Colour.values()[random.nextInt(2)]));
    }

    Samples.Primitives primitives() {
        return new Samples.Primitives(
                random.nextBoolean(),
                (byte) random.nextInt(),
                (short) random.nextInt(),
                (char) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat(),
                random.nextDouble(),
                orNull(this::string));
    }

    Samples.Collections collections() {
        Set<String> set = new HashSet<>(list(this::string));
        TreeSet<String> sorted = new TreeSet<>();
        list(this::string).stream().filter(java.util.Objects::nonNull).forEach(sorted::add);
        return new Samples.Collections(
                list(random::nextInt),
                set,
                new HashSet<>(list(random::nextLong)),
                sorted,
                fill(new LinkedHashMap<>(), this::string, random::nextInt),
                new HashMap<>(fill(new HashMap<>(), random::nextInt, random::nextBoolean)),
                new TreeMap<>(fill(new TreeMap<>(), this::string, random::nextDouble)),
                new ArrayList<>(list(() -> list(this::string))),
                orNull(() -> new String[] {string(), null}),
                new int[][] {{1, random.nextInt()}, {}, null});
    }

    /** Anything, as a program without types would send it; comparable by equals or recursively. */
    Object anything(int depth) {
        if (depth > 3) {
            return scalar();
        }
        return switch (random.nextInt(14)) {
            case 0 -> Tuple2.of(orNull(() -> anything(depth + 1)), anything(depth + 1));
            case 1 -> Tuple3.of(string(), number(), orNull(this::boxes));
            case 2 -> list(() -> anything(depth + 1));
            case 3 -> fill(new LinkedHashMap<>(), this::string, () -> anything(depth + 1));
            case 4 -> boxes();
            case 5 -> shape(0);
            case 6 -> bean();
            case 7 -> new Samples.Money(string(), random.nextLong());
            case 8 -> new Samples.Pair<>(anything(depth + 1), orNull(() -> anything(depth + 1)));
            case 9 -> Optional.ofNullable(orNull(this::scalar));
            case 10 -> tree(0);
            case 11 -> array();
            default -> scalar();
        };
    }
}

package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The classes that serializer tests send; not public, as in many a user's program. */
final class Samples {
    private Samples() {}

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean calm() {
                return true;
            }
        };

        boolean calm() {
            return false;
        }
    }

    record Empty() {}

    record Primitives(
            boolean a, byte b, short c, char d, int e, long f, float g, double h, String i) {}

    record Boxes(
            Boolean a,
            Byte b,
            Short c,
            Character d,
            Integer e,
            Long f,
            Float g,
            Double h,
            String i,
            Colour j) {}

    record Pair<A, B>(A first, B second) {}

    record Holder(Pair<String, Integer> pair, List<Pair<Long, List<String>>> pairs) {}

    record Tree(int value, Tree left, Tree right) {}

    record Folder(String name, Map<String, Folder> children, Optional<Folder> link) {}

    sealed interface Shape permits Circle, Square, Group {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Group(List<Shape> shapes, Shape main) implements Shape {}

    record Collections(
            List<Integer> list,
            Set<String> set,
            HashSet<Long> hashSet,
            TreeSet<String> sortedSet,
            Map<String, Integer> map,
            HashMap<Integer, Boolean> hashMap,
            TreeMap<String, Double> sortedMap,
            ArrayList<List<String>> nested,
            String[] array,
            int[][] matrix) {}

    /** A bean without getters. */
    static class Bean {
        String name;
        int count;
        List<String> tags;
        transient Object cache;

        Bean() {}

        Bean(String name, int count, List<String> tags) {
            this.name = name;
            this.count = count;
            this.tags = tags;
        }

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && ((Bean) other).count == count
                    && Objects.equals(((Bean) other).name, name)
                    && Objects.equals(((Bean) other).tags, tags);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, count);
        }
    }

    /** Adds a field of the same name as its superclass has. */
    static final class ColouredBean extends Bean {
        Colour colour;
        String name;

        @Override
        public boolean equals(Object other) {
            return super.equals(other)
                    && ((ColouredBean) other).colour == colour
                    && Objects.equals(((ColouredBean) other).name, name);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /** Has final fields and a constructor with arguments only. */
    static final class Money {
        private final String currency;
        private final long cents;

        Money(String currency, long cents) {
            this.currency = Objects.requireNonNull(currency);
            this.cents = cents;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Money that
                    && that.cents == cents
                    && that.currency.equals(currency);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(cents);
        }
    }

    /** A linked list that can contain itself. */
    static final class Link {
        Link next;
    }

    /** Holds what cannot be sent. */
    static final class WithLock {
        final Map<String, Bean> beans = new LinkedHashMap<>();
        final java.util.concurrent.locks.ReentrantLock lock =
                new java.util.concurrent.locks.ReentrantLock();
    }

    record Outer(WithLock inner) {}

    /** More fields than one group. */
    record Wide(
            int a0,
            String a1,
            Long a2,
            int a3,
            String a4,
            Long a5,
            int a6,
            String a7,
            Long a8,
            int b0,
            String b1,
            Long b2,
            int b3,
            String b4,
            Long b5,
            int b6,
            String b7,
            Long b8,
            int c0,
            String c1,
            Long c2,
            int c3,
            String c4,
            Long c5,
            int c6,
            String c7,
            Long c8,
            int d0,
            String d1,
            Long d2,
            int d3,
            String d4,
            Long d5,
            int d6,
            String d7,
            int[] d8) {}

    /** More fields than one group, and set one by one. */
    static final class WideBean {
        int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9;
        String b0, b1, b2, b3, b4, b5, b6, b7, b8, b9;
        Long c0, c1, c2, c3, c4, c5, c6, c7, c8, c9;
        double d0, d1, d2, d3, d4, d5, d6, d7, d8, d9;
        int[] e0;
    }
}

package io.millrace.api.type;

import io.millrace.api.serialization.MemorySegment;

/** Numbers as bytes in order. Pure. */
final class NormalizedNumbers {
    private NormalizedNumbers() {}

    /**
     * @param number its lowest bytes, in the unsigned order of the values
     * @param bytes how many they are; what is longer is filled with zeros
     */
    static void put(long number, int bytes, MemorySegment target, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int shift = 8 * (bytes - 1 - i);
            target.put(offset + i, i < bytes ? (byte) (number >>> shift) : 0);
        }
    }
}

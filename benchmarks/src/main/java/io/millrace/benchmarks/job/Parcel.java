package io.millrace.benchmarks.job;

/** A POJO of 100 bytes: 20 in three numbers, 80 in an array. */
public class Parcel {
    private static final int PAYLOAD_BYTES = 80;

    public long id;
    public long timeMs;
    public int kind;
    public byte[] payload;

    public Parcel() {}

    public static Parcel of(long number) {
        Parcel parcel = new Parcel();
        parcel.id = number;
        parcel.timeMs = 1_700_000_000_000L + number;
        parcel.kind = (int) number & 15;
        parcel.payload = new byte[PAYLOAD_BYTES];
        parcel.payload[(int) (number % PAYLOAD_BYTES)] = (byte) number;
        return parcel;
    }

    public long checksum() {
        return (id * 31 + timeMs) * 31 + kind + payload[(int) (id % PAYLOAD_BYTES)];
    }
}

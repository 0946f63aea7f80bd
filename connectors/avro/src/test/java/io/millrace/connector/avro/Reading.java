package io.millrace.connector.avro;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** As Avro generates classes: with a schema, a constructor without arguments, and positions. */
public class Reading extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ =
            new Schema.Parser()
                    .parse(
                            "{\"type\":\"record\",\"name\":\"Reading\","
                                    + "\"namespace\":\"io.millrace.connector.avro\",\"fields\":["
                                    + "{\"name\":\"room\",\"type\":{\"type\":\"string\","
                                    + "\"avro.java.string\":\"String\"}},"
                                    + "{\"name\":\"degrees\",\"type\":\"double\"},"
                                    + "{\"name\":\"unit\",\"type\":{\"type\":\"string\","
                                    + "\"avro.java.string\":\"String\"},\"default\":\"C\"}]}");

    private String room;
    private double degrees;
    private String unit;

    public Reading() {}

    Reading(String room, double degrees, String unit) {
        this.room = room;
        this.degrees = degrees;
        this.unit = unit;
    }

    public String getRoom() {
        return room;
    }

    public void setRoom(String room) {
        this.room = room;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return switch (field) {
            case 0 -> room;
            case 1 -> degrees;
            case 2 -> unit;
            default -> throw new IndexOutOfBoundsException("field " + field);
        };
    }

    @Override
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> room = value.toString();
            case 1 -> degrees = (Double) value;
            case 2 -> unit = value.toString();
            default -> throw new IndexOutOfBoundsException("field " + field);
        }
    }
}

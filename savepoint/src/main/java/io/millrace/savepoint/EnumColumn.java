package io.millrace.savepoint;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** One of a few names. Immutable. */
final class EnumColumn extends Column {
    @Override
    Type type(String name, Type.Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(LogicalTypeAnnotation.enumType())
                .named(name);
    }

    @Override
    void write(Object value, RowOutput out) {
        out.columns().addBinary(Binary.fromString((String) value));
    }

    @Override
    Converter converter(Sink sink) {
        return new PrimitiveConverter() {
            private String[] names;

            @Override
            public boolean hasDictionarySupport() {
                return true;
            }

            @Override
            public void setDictionary(Dictionary dictionary) {
                names = new String[dictionary.getMaxId() + 1];
                for (int i = 0; i < names.length; i++) {
                    names[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
                }
            }

            @Override
            public void addValueFromDictionary(int id) {
                sink.set(names[id]);
            }

            @Override
            public void addBinary(Binary value) {
                sink.set(value.toStringUsingUTF8());
            }
        };
    }
}

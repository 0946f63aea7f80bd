package io.millrace.benchmarks.batch;

/** A sale of ten fields: a line of JSON, and a row of Parquet. A plain class for both engines. */
public class SaleLine {
    public long id;
    public int quantity;
    public double price;
    public float discount;
    public String product;
    public long time;
    public int shop;
    public boolean returned;
    public String customer;
    public String comment;

    public SaleLine() {}

    /** To be given to a tally, which mixes it; of each field something. */
    public long checksum() {
        return checksum(
                id, quantity, price, discount, product, time, shop, returned, customer, comment);
    }

    static long checksum(
            long id,
            int quantity,
            double price,
            float discount,
            String product,
            long time,
            int shop,
            boolean returned,
            String customer,
            String comment) {
        long sum = Sales.checksum(id, quantity, price, discount, product.length(), shop);
        sum = sum * 31 + time;
        sum = sum * 31 + (returned ? 1 : 0);
        sum = sum * 31 + product.hashCode();
        sum = sum * 31 + customer.hashCode();
        return sum * 31 + comment.hashCode();
    }
}

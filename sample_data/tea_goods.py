"""What the tea shop sells, how often each thing is somebody's first, and how its orders are paid, sent and cancelled."""

from __future__ import annotations

from sample_data.orders import Product

FOOD, TEA, WARE, EXTRA = "保健食品", "茶葉茶包", "茶具", "加購小物"
PRODUCTS = {
    product.key: product
    for product in (
        Product("PRO", "【山嵐】日日順暢益生菌 45包/盒 調整體質 順暢代謝", 690, 890, FOOD, 45, ("原味", "荔枝風味"), "21094810231"),
        Product("LUT", "【山嵐】晶亮葉黃素膠囊 45粒 專利游離型 長時間用眼", 560, 720, FOOD, 45, (), "21094810232"),
        Product("VTB", "【山嵐】元氣B群緩釋錠 45錠 上班族必備", 450, 590, FOOD, 45, (), "21094810233"),
        Product("OOL", "【山嵐】炭焙烏龍茶包 45入 辦公室冷熱泡", 399, 520, TEA, 45, ("炭焙", "清香"), "21094810241"),
        Product("BUR", "【山嵐】黑豆牛蒡茶包 45入 無咖啡因", 360, 480, TEA, 45, (), "21094810242"),
        Product("MTN", "阿里山高山烏龍茶 150g 手採 比賽級", 780, 980, TEA, 0, ("春茶", "冬茶"), "21094810251"),
        Product("DTP", "凍頂烏龍茶 150g 中焙火", 620, 780, TEA, 0, (), "21094810252"),
        Product("HNY", "花蓮蜜香紅茶 75g 小葉種", 420, 520, TEA, 0, (), "21094810253"),
        Product("GEN", "玄米煎茶包 20入", 260, 320, TEA, 0, (), "21094810254"),
        Product("CRB", "蔓越莓私密益生菌 30包", 480, 650, FOOD, 0, (), "21094810261"),
        Product("FSH", "高濃度魚油 60顆 rTG型 迷你好吞", 720, 980, FOOD, 0, (), "21094810262"),
        Product("COL", "膠原蛋白粉 30包 莓果風味 小分子", 990, 1380, FOOD, 0, (), "21094810263"),
        Product("BOT", "玻璃隨行泡茶瓶 500ml 附濾網", 450, 590, WARE, 0, ("透明", "霧灰", "奶茶"), "21094810271"),
        Product("CLD", "冷泡茶綜合包 12入 四種口味", 220, 280, TEA, 0, (), "21094810255"),
        Product("GFT", "山嵐茶禮盒 兩罐裝 附提袋", 1280, 1580, TEA, 0, ("茶韻", "圓滿"), "21094810281"),
        Product("SPN", "竹製茶匙", 79, 99, EXTRA, 0, (), "21094810291"),
        Product("CLN", "茶垢清潔粉 8入", 99, 120, EXTRA, 0, (), "21094810292"),
        Product("FLT", "拋棄式濾茶袋 50入", 69, 89, EXTRA, 0, (), "21094810293"),
        Product("PIL", "七日隨身藥盒", 89, 129, EXTRA, 0, ("白", "綠"), "21094810294"),
        Product("BAG", "山嵐帆布小提袋", 59, 99, EXTRA, 0, (), "21094810295"),
    )
}  # fmt: skip
DAILY = {key for key, product in PRODUCTS.items() if product.days}
EXTRAS = {"SPN": 2, "CLN": 3, "FLT": 3, "PIL": 3, "BAG": 2}
FIRST = {"PRO": 16, "LUT": 12, "VTB": 12, "OOL": 10, "BUR": 8, "MTN": 7, "DTP": 5, "HNY": 6, "GEN": 4, "CRB": 4, "FSH": 5, "COL": 9, "BOT": 4, "CLD": 3}  # fmt: skip
HOURS = dict(enumerate([4, 2, 1, 0.4, 0.2, 0.3, 0.8, 2, 3, 4, 5, 5, 7, 6, 5, 5, 5, 5, 5, 6, 8, 10, 11, 9]))
REASONS = {
    "買家取消：不想買了": 30,
    "買家取消：修改訂單內容": 25,
    "逾期未付款": 15,
    "買家逾期未取件": 24,
    "賣家缺貨": 6,
}
CARRIERS = {"7-ELEVEN": 38, "蝦皮店到店": 30, "全家": 20, "萊爾富": 5, "OK Mart": 2, "中華郵政": 5}
NOTES = {
    "": 62,
    "麻煩幫我包好一點，謝謝": 8,
    "送禮用，請不要放明細": 8,
    "希望效期新一點": 8,
    "請盡快出貨": 8,
    "可以附提袋嗎？": 8,
}
LETTERS = "0123456789ABCDEFGHJKMNPQRSTUVWXY"
